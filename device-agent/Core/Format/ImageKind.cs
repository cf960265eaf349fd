namespace Twinbank.Core.Format;

/// <summary>What an image is (specs/image.md section 3).</summary>
public enum ImageKind : byte
{
    Application = 1,
    Data = 2,
}

/// <summary>How the payload is brought to run (specs/image.md section 3).</summary>
public enum PayloadKind : byte
{
    /// <summary>Machine code, executed in place from the slot through the offset table.</summary>
    NativeXip = 1,

    /// <summary>Machine code, loaded block by block to RAM at the virtual base.</summary>
    NativeRam = 2,

    /// <summary>.NET nanoFramework assemblies, read through the offset table by the agent.</summary>
    NanoFramework = 3,

    Data = 4,
}
