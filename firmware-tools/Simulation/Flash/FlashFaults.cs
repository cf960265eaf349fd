namespace Twinbank.Simulation.Flash;

/// <summary>
/// The lasting faults of one part; a new part has none. Loss of power is not here but in PowerSupply.
/// </summary>
public sealed class FlashFaults
{
    const SectorFault EraseBlockers = SectorFault.EraseFails | SectorFault.EraseIgnored | SectorFault.WriteProtected;
    const SectorFault ProgramBlockers =
        SectorFault.ProgramFails | SectorFault.ProgramIgnored | SectorFault.WriteProtected;

    readonly NorGeometry _geometry;
    readonly SectorFault[] _sectorFaults;
    readonly List<ReadError> _readErrors = [];
    bool _anySectorFault;

    internal FlashFaults(NorGeometry geometry)
    {
        _geometry = geometry;
        _sectorFaults = new SectorFault[geometry.SectorCount];
    }

    /// <summary>Every operation takes this many times its <see cref="FlashTiming"/>. 1 unless set.</summary>
    public double SlowdownFactor { get; set; } = 1;

    /// <summary>
    /// An operation that takes longer answers Timeout and changes nothing, as a driver that gives up waiting reports
    /// it. Unlimited unless set.
    /// </summary>
    public TimeSpan TimeLimit { get; set; } = TimeSpan.MaxValue;

    /// <summary>The sector that holds the address is broken in this way from now on; None mends it.</summary>
    public void SetSectorFault(uint address, SectorFault fault)
    {
        _sectorFaults[_geometry.SectorAt(address).Index] = fault;
        _anySectorFault = Array.Exists(_sectorFaults, each => each != SectorFault.None);
    }

    /// <summary>Reads that touch the range answer ReadFailed.</summary>
    /// <param name="address">First byte.</param>
    /// <param name="count">Bytes, at least 1.</param>
    /// <param name="times">How many reads fail; after that the range reads well again. Endless unless given.</param>
    public void AddReadError(uint address, int count, int times = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        _readErrors.Add(new ReadError(address, count) { TimesLeft = times });
    }

    /// <summary>The part is sound again.</summary>
    public void Clear()
    {
        Array.Clear(_sectorFaults);
        _anySectorFault = false;
        _readErrors.Clear();
        SlowdownFactor = 1;
        TimeLimit = TimeSpan.MaxValue;
    }

    internal SectorFault OfSector(int sectorIndex) => _sectorFaults[sectorIndex];

    /// <summary>The faults of all sectors that the range touches, together.</summary>
    internal SectorFault OfRange(uint address, int count)
    {
        if (!_anySectorFault || count == 0)
        {
            return SectorFault.None;
        }

        SectorFault faults = SectorFault.None;
        int last = _geometry.SectorAt(address + (uint)count - 1).Index;
        for (int index = _geometry.SectorAt(address).Index; index <= last; index++)
        {
            faults |= _sectorFaults[index];
        }

        return faults;
    }

    /// <summary>True when an erase of the sector changes nothing.</summary>
    internal bool BlocksErase(int sectorIndex) => (_sectorFaults[sectorIndex] & EraseBlockers) != SectorFault.None;

    /// <summary>True when a program of the range changes nothing.</summary>
    internal bool BlocksProgram(uint address, int count)
        => (OfRange(address, count) & ProgramBlockers) != SectorFault.None;

    internal bool FailsRead(uint address, int count)
    {
        foreach (ReadError error in _readErrors)
        {
            if (error.TimesLeft > 0 && error.Overlaps(address, count))
            {
                error.TimesLeft--;
                return true;
            }
        }

        return false;
    }

    internal bool TimesOut(TimeSpan nominal) => nominal * SlowdownFactor > TimeLimit;

    sealed class ReadError(uint address, int count)
    {
        public int TimesLeft { get; set; }

        public bool Overlaps(uint otherAddress, int otherCount)
            => otherAddress < (ulong)address + (uint)count && address < (ulong)otherAddress + (uint)otherCount;
    }
}
