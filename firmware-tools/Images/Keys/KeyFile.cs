using System.Text;
using Twinbank.Errors;

namespace Twinbank.Images.Keys;

/// <summary>Keys as files.</summary>
public static class KeyFile
{
    /// <summary>A PEM key of the two algorithms has under 1 KiB; this leaves room for comments around it.</summary>
    public const int FileBytesMax = 64 * 1024;

    /// <summary>
    /// The private key in a PEM file; <paramref name="passphrase"/> is asked only when it is encrypted.
    /// </summary>
    /// <exception cref="FirmwareException">FW1001 to FW1003, FW1201 to FW1205.</exception>
    public static SigningKey LoadPrivate(string path, Func<string?>? passphrase = null)
        => KeyPem.ReadPrivate(ReadText(path), path, passphrase);

    /// <summary>The public key in a PEM file that holds the public or the private key.</summary>
    /// <exception cref="FirmwareException">FW1001 to FW1003, FW1201 to FW1205.</exception>
    public static PublicKey LoadPublic(string path, Func<string?>? passphrase = null)
        => KeyPem.ReadPublic(ReadText(path), path, passphrase);

    /// <summary>Writes the private key, readable by its owner only.</summary>
    /// <param name="key">What to write.</param>
    /// <param name="path">Where to.</param>
    /// <param name="passphrase">Encrypts the file; null writes it in the clear.</param>
    /// <param name="overwrite">False: an existing file is FW1004 and stays as it is.</param>
    /// <exception cref="FirmwareException">FW1004, FW1005.</exception>
    public static void SavePrivate(SigningKey key, string path, string? passphrase = null, bool overwrite = false)
        => Write(path, key.ToPem(passphrase), UnixFileMode.UserRead | UnixFileMode.UserWrite, overwrite);

    /// <summary>Writes the public key. Same rule for existing files as <see cref="SavePrivate"/>.</summary>
    public static void SavePublic(PublicKey key, string path, bool overwrite = false)
    {
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite
            | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        Write(path, key.ToPem(), mode, overwrite);
    }

    private static string ReadText(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw Directory.Exists(path)
                ? new FirmwareException(ErrorCode.FileUnreadable, ("path", path), ("reason", "it is a folder"))
                : new FirmwareException(ErrorCode.FileNotFound, ("path", path));
        }

        if (file.Length > FileBytesMax)
        {
            throw new FirmwareException(
                ErrorCode.FileTooLarge, ("path", path), ("size", file.Length), ("limit", FileBytesMax));
        }

        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FirmwareException(ErrorCode.FileUnreadable, e, ("path", path), ("reason", Reason(e)));
        }
    }

    private static void Write(string path, string text, UnixFileMode mode, bool overwrite)
    {
        if (!overwrite && Path.Exists(path))
        {
            throw new FirmwareException(ErrorCode.FileExists, ("path", path));
        }

        // A new file with the right mode is moved into place: writing into an existing one would keep its old,
        // possibly open, mode, and a full disk would leave half a key.
        string fresh = path + ".new";
        try
        {
            File.Delete(fresh);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = mode;
            }

            using (var stream = new FileStream(fresh, options))
            {
                stream.Write(Encoding.ASCII.GetBytes(text));
            }

            File.Move(fresh, path, overwrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FirmwareException(ErrorCode.FileUnwritable, e, ("path", path), ("reason", Reason(e)));
        }
    }

    private static string Reason(Exception e) => e switch
    {
        UnauthorizedAccessException => "permission denied",
        DirectoryNotFoundException => "its folder does not exist",
        _ => e.Message.TrimEnd('.'),
    };
}
