namespace Twinbank.Boards;

/// <summary>What an image's bytes are, from the device's point of view.</summary>
public enum PayloadKind
{
    /// <summary>Machine code that runs in place at the virtual base.</summary>
    NativeXip = 1,

    /// <summary>Machine code that is copied to RAM at the virtual base first.</summary>
    NativeRam = 2,

    /// <summary>.NET nanoFramework assemblies.</summary>
    NanoFramework = 3,

    /// <summary>Data that the application interprets.</summary>
    Data = 4,
}
