using System.Text;
using Twinbank.Errors;

namespace Twinbank.Cli;

/// <summary>Reads whole files that users name, with a limit and with errors they understand.</summary>
internal static class InputFile
{
    /// <exception cref="FirmwareException">FW1001, FW1002, FW1003.</exception>
    public static byte[] ReadBytes(string path, long bytesMax)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            if (stream.CanSeek && stream.Length > bytesMax)
            {
                throw new FirmwareException(
                    ErrorCode.FileTooLarge, ("path", path), ("size", stream.Length), ("limit", bytesMax));
            }

            // A pipe has no length, so its bytes are counted while they come.
            using var bytes = new MemoryStream();
            byte[] buffer = new byte[81920];
            for (int count; (count = stream.Read(buffer)) > 0;)
            {
                bytes.Write(buffer, 0, count);
                if (bytes.Length > bytesMax)
                {
                    throw new FirmwareException(
                        ErrorCode.FileTooLarge, ("path", path), ("size", bytes.Length), ("limit", bytesMax));
                }
            }

            return bytes.ToArray();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FirmwareException(ErrorCode.FileNotFound, e, ("path", path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string reason = Directory.Exists(path) ? "it is a folder"
                : e is UnauthorizedAccessException ? "permission denied"
                : e.Message.TrimEnd('.');
            throw new FirmwareException(ErrorCode.FileUnreadable, e, ("path", path), ("reason", reason));
        }
    }

    /// <summary>The file as UTF-8 text.</summary>
    /// <exception cref="FirmwareException">FW1001, FW1002, FW1003.</exception>
    public static string ReadText(string path, long bytesMax) => Encoding.UTF8.GetString(ReadBytes(path, bytesMax));
}
