namespace Twinbank.Formats;

/// <summary>Limits of payload files, each with its reason. They are checked before memory is taken.</summary>
public static class PayloadLimits
{
    /// <summary>256 MiB: an ELF with debug information is the largest real input, some tens of MiB.</summary>
    public const int FileBytesMax = 256 * 1024 * 1024;

    /// <summary>
    /// 256 MiB of payload: more than any flash this project describes, and more than one array should be.
    /// </summary>
    public const int PayloadBytesMax = 256 * 1024 * 1024;

    /// <summary>
    /// 65,536 ranges: a real payload has fewer than a hundred; a list of single bytes would fill memory.
    /// </summary>
    public const int SegmentCountMax = 65536;

    /// <summary>1,024 program headers: linkers write fewer than twenty.</summary>
    public const int ProgramHeaderCountMax = 1024;

    /// <summary>Targets and elements of a DfuSe file together; real ones have fewer than ten.</summary>
    public const int DfuSeElementCountMax = 4096;

    /// <summary>Boards in one Universal HEX; two exist.</summary>
    public const int UniversalHexBoardCountMax = 16;
}
