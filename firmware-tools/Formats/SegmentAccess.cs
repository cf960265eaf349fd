namespace Twinbank.Formats;

/// <summary>What a program may do with a segment, as ELF says it (p_flags of the System V ABI).</summary>
[Flags]
public enum SegmentAccess
{
    /// <summary>The format does not say.</summary>
    Unknown = 0,
    Execute = 1,
    Write = 2,
    Read = 4,
}
