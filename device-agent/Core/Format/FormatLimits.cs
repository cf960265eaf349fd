namespace Twinbank.Core.Format;

/// <summary>
/// Every limit of the container format (specs/image.md), each with its reason. Checked before anything is used.
/// </summary>
public static class FormatLimits
{
    /// <summary>
    /// 64 KiB: a block table of 1,024 blocks and as many extents fits; an agent may set a smaller one.
    /// </summary>
    public const int ManifestBytesMax = 65536;

    /// <summary>Eight entries of 80 bytes, with room for one large hash-based signature later.</summary>
    public const int SignatureAreaBytesMax = 1024;

    public const int SignatureEntriesMax = 8;

    /// <summary>512 bytes: more than any signature known here; a bigger one comes with a format of its own.</summary>
    public const int SignatureBytesMax = 512;

    /// <summary>1,024 blocks of 4 KiB are 4 MiB, of 64 KiB they are 64 MiB.</summary>
    public const int BlockCountMax = 1024;

    public const int ExtentCountMax = 1024;

    /// <summary>256 bytes: the smallest sector of common data flash.</summary>
    public const uint BlockBytesMin = 256;

    /// <summary>16 MiB: offsets inside a block then fit 24 bits.</summary>
    public const uint BlockBytesMax = 0x01000000;

    public const int TlvBytesMax = 4096;

    /// <summary>So that signed 32-bit arithmetic on container offsets cannot overflow.</summary>
    public const uint PayloadBytesMax = 0x7FFFFFFF;

    public const uint CarriedBytesMax = 0x01000000;

    public const int DescriptionBytesMax = 256;

    /// <summary>Fifteen: a device that needs more boots to become healthy is not healthy.</summary>
    public const int TrialBootsMax = 15;

    /// <summary>About 23 days: less than half the range of a millisecond clock of 32 bits.</summary>
    public const uint PromotionSecondsMax = 2_000_000;
}
