namespace Twinbank.Simulation.Flash;

/// <summary>What a flash part has done since the last <see cref="Clear"/>. Refused operations do not count.</summary>
public sealed class FlashCounters
{
    readonly int[] _erasesBySector;

    internal FlashCounters(int sectorCount) => _erasesBySector = new int[sectorCount];

    public long ReadCalls { get; internal set; }

    public long ReadBytes { get; internal set; }

    public long ProgramCalls { get; internal set; }

    public long ProgrammedBytes { get; internal set; }

    /// <summary>Sector erases in all.</summary>
    public long EraseCalls { get; internal set; }

    /// <summary>Erases of each sector, in address order.</summary>
    public IReadOnlyList<int> ErasesBySector => _erasesBySector;

    /// <summary>Everything back to 0.</summary>
    public void Clear()
    {
        ReadCalls = 0;
        ReadBytes = 0;
        ProgramCalls = 0;
        ProgrammedBytes = 0;
        EraseCalls = 0;
        Array.Clear(_erasesBySector);
    }

    internal void CountErase(int sectorIndex)
    {
        EraseCalls++;
        _erasesBySector[sectorIndex]++;
    }
}
