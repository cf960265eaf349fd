namespace Twinbank.Layout;

/// <summary>Bounds on what is read, each far above what a microcontroller's firmware has.</summary>
public static class LayoutLimits
{
    /// <summary>A map of a 2 MiB image with C++ names has about 20 MiB.</summary>
    public const int MapBytesMax = 256 * 1024 * 1024;

    /// <summary>An object or archive; newlib's libc.a with debug information has 6 MiB.</summary>
    public const int ObjectBytesMax = 512 * 1024 * 1024;

    public const int RecordBytesMax = 64 * 1024 * 1024;

    public const int ScriptBytesMax = 4 * 1024 * 1024;

    /// <summary>Input sections that are laid out, and with them the entries of a record.</summary>
    public const int PieceCountMax = 200_000;

    /// <summary>Logical blocks of an image, many times what a slot has.</summary>
    public const int BlockCountMax = 16_384;

    /// <summary>Section headers of one ELF file.</summary>
    public const int SectionCountMax = 1_000_000;
}
