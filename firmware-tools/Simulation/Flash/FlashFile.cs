using Twinbank.Errors;

namespace Twinbank.Simulation.Flash;

/// <summary>
/// Keeps a simulated part in a file of exactly its bytes, so that a simulated board is still there in the next run and
/// its flash can be looked at with any tool. Each change is in the file before the operation returns; a killed process
/// loses nothing. Not kept: torn erases and unreadable units, which become ordinary bytes.
/// </summary>
public sealed class FlashFile : IDisposable
{
    readonly StrictNorFlash _flash;
    readonly FileStream _file;

    FlashFile(StrictNorFlash flash, FileStream file)
    {
        _flash = flash;
        _file = file;
    }

    /// <summary>
    /// Loads the file into the part, or makes the file from the part where there is none, and mirrors every change from
    /// then on until it is disposed.
    /// </summary>
    /// <exception cref="FirmwareException">FW5102: the file has another size than the part.</exception>
    /// <exception cref="IOException">The file cannot be opened, or another process has it open.</exception>
    public static FlashFile Attach(StrictNorFlash flash, string path)
    {
        // Unbuffered: a write is with the operating system before the simulated operation ends.
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        var file = new FlashFile(flash, stream);
        try
        {
            file.LoadOrCreate(path);
        }
        catch
        {
            stream.Dispose();
            throw;
        }

        flash.Changed += file.Write;
        return file;
    }

    public void Dispose()
    {
        _flash.Changed -= Write;
        _file.Dispose();
    }

    void LoadOrCreate(string path)
    {
        if (_file.Length == 0)
        {
            Write(0, (int)_flash.SizeBytes);
            return;
        }

        if (_file.Length != _flash.SizeBytes)
        {
            throw new FirmwareException(
                ErrorCode.SimulatedFlashFile,
                ("path", path), ("found", _file.Length), ("expected", _flash.SizeBytes),
                ("part", _flash.Geometry.Name));
        }

        byte[] contents = new byte[_flash.SizeBytes];
        _file.ReadExactly(contents);
        _flash.Preload(0, contents);
    }

    void Write(uint address, int count)
        => RandomAccess.Write(_file.SafeFileHandle, _flash.Contents.Slice((int)address, count), address);
}
