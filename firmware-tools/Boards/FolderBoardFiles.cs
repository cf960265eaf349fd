using Twinbank.Errors;

namespace Twinbank.Boards;

/// <summary>Board files in the sub-folders chips and boards of a folder.</summary>
sealed class FolderBoardFiles(string folder) : BoardFiles
{
    const string Extension = ".json";

    internal override string Source => folder;

    internal override IReadOnlyList<string> Ids(string kind)
    {
        string path = Path.Combine(folder, kind);
        if (!Directory.Exists(path))
        {
            return [];
        }

        return
        [
            .. Directory.EnumerateFiles(path, "*" + Extension)
                .Take(BoardLimits.FileCountMax)
                .Select(file => Path.GetFileNameWithoutExtension(file))
                .Order(StringComparer.Ordinal),
        ];
    }

    internal override string PathOf(string kind, string id) => Path.Combine(folder, kind, id + Extension);

    internal override byte[]? Read(string kind, string id)
        => Path.GetFileName(id) == id && File.Exists(PathOf(kind, id)) ? ReadFile(PathOf(kind, id)) : null;

    /// <summary>All bytes of a file of board data.</summary>
    /// <exception cref="FirmwareException">FileUnreadable, FileTooLarge.</exception>
    internal static byte[] ReadFile(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            if (stream.Length > BoardLimits.FileBytesMax)
            {
                throw new FirmwareException(
                    ErrorCode.FileTooLarge,
                    ("path", path),
                    ("size", stream.Length),
                    ("limit", BoardLimits.FileBytesMax));
            }

            byte[] bytes = new byte[stream.Length];
            int count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return bytes[..count];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FirmwareException(
                ErrorCode.FileUnreadable, exception, ("path", path), ("reason", exception.Message.TrimEnd('.')));
        }
    }
}
