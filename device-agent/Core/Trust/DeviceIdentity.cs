using Twinbank.Core.Format;

namespace Twinbank.Core.Trust;

/// <summary>What a board can do with an offset table (boards/schema.json, `translation.kind`).</summary>
public enum Translation : byte
{
    None = 0,
    Window = 1,
    Overlay = 2,
    SwapHalves = 3,
    MmuPages = 4,
    Software = 5,
}

/// <summary>
/// What a device is, as far as accepting an image depends on it. Constant for the life of a boot stage.
/// </summary>
public sealed class DeviceIdentity
{
    /// <summary>Board id, 32 bytes, zero padded: compared whole with the manifest's.</summary>
    public readonly byte[] BoardId = new byte[Manifest.NameBytes];

    /// <summary>Hardware revision of this unit, 0 to 31.</summary>
    public int HardwareRevision;

    public Translation Translation;

    /// <summary>Granule of the translation in bytes, a power of two; 1 where any byte boundary will do.</summary>
    public uint TranslationGranuleBytes = 1;

    /// <summary>Version of the agent, compared with the record minimumAgent.</summary>
    public ushort AgentMajor;

    public ushort AgentMinor;

    /// <summary>Boots a trial is granted when the manifest does not say (1 to 15).</summary>
    public byte TrialBootsDefault = 3;

    /// <summary>Probation in seconds when the manifest does not say.</summary>
    public uint ProbationSecondsDefault = 10;
}
