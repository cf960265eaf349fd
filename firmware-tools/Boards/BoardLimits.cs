namespace Twinbank.Boards;

/// <summary>Limits of board data, each with its reason.</summary>
public static class BoardLimits
{
    /// <summary>
    /// The largest shipped file has 8 KiB; 256 KiB leaves room and keeps a wrong file from being parsed.
    /// </summary>
    public const int FileBytesMax = 256 * 1024;

    /// <summary>The schema nests five levels.</summary>
    public const int JsonDepthMax = 16;

    /// <summary>More files than this in one folder are not board data.</summary>
    public const int FileCountMax = 1000;

    /// <summary>A manifest has 32 bytes for the board id; the last one stays zero.</summary>
    public const int IdLengthMax = 31;
}
