using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Twinbank.Boards;

namespace Twinbank.Simulation.Flash;

/// <summary>The shape of one NOR part: its sectors from address 0 up, and how it may be programmed.</summary>
public sealed class NorGeometry
{
    /// <summary>
    /// Bytes of the largest part that the simulator takes; a typing error in a board file stops here.
    /// </summary>
    public const uint SizeBytesMax = 256 * 1024 * 1024;

    const uint ProgramUnitBytesMax = 512;

    /// <summary>Checks the values against each other.</summary>
    /// <param name="name">Names the geometry in case ids: letters, digits, dashes.</param>
    /// <param name="programUnitBytes">1 to 512, a power of two, not more than a sector.</param>
    /// <param name="unitsAreWriteOnce">True for parts with ECC.</param>
    /// <param name="sectorGroups">The sectors in address order.</param>
    /// <exception cref="ArgumentException">A value is out of range; the message says which.</exception>
    public NorGeometry(string name, uint programUnitBytes, bool unitsAreWriteOnce, params SectorGroup[] sectorGroups)
    {
        Name = name;
        ProgramUnitBytes = programUnitBytes;
        UnitsAreWriteOnce = unitsAreWriteOnce;
        SectorGroups = [.. sectorGroups];
        Check();
        SizeBytes = (uint)SectorGroups.Sum(group => (long)group.SizeBytes);
        SectorCount = SectorGroups.Sum(group => (int)group.Count);
    }

    /// <summary>The geometry of a flash bank of a board file.</summary>
    public static NorGeometry Of(FlashBank bank)
        => new(bank.Id, bank.ProgramUnitBytes, bank.UnitsAreWriteOnce, [.. bank.SectorGroups]);

    public string Name { get; }

    /// <summary>Smallest program and its alignment in bytes.</summary>
    public uint ProgramUnitBytes { get; }

    /// <summary>True when a unit takes one program between erases.</summary>
    public bool UnitsAreWriteOnce { get; }

    public ImmutableArray<SectorGroup> SectorGroups { get; }

    /// <summary>Bytes of the whole part.</summary>
    public uint SizeBytes { get; }

    public int SectorCount { get; }

    /// <summary>The sector that holds the address: its index, first address and size in bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The address is outside the part.</exception>
    public (int Index, uint Start, uint Bytes) SectorAt(uint address)
    {
        uint start = 0;
        int index = 0;
        foreach (SectorGroup group in SectorGroups)
        {
            uint groupBytes = (uint)group.SizeBytes;
            if (address - start < groupBytes)
            {
                uint inGroup = (address - start) / group.SectorBytes;
                return (index + (int)inGroup, start + inGroup * group.SectorBytes, group.SectorBytes);
            }

            start += groupBytes;
            index += (int)group.Count;
        }

        throw new ArgumentOutOfRangeException(
            nameof(address), $"0x{address:X8} is outside the {SizeBytes} bytes of {Name}.");
    }

    /// <summary>Name, sectors, unit; for logs.</summary>
    public override string ToString()
    {
        string sectors = string.Join('+', SectorGroups.Select(
            group => string.Create(CultureInfo.InvariantCulture, $"{group.Count}x{group.SectorBytes}")));
        string once = UnitsAreWriteOnce ? " write-once" : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"{Name} ({sectors} bytes, unit {ProgramUnitBytes}{once})");
    }

    void Check()
    {
        if (!BitOperations.IsPow2(ProgramUnitBytes) || ProgramUnitBytes > ProgramUnitBytesMax)
        {
            throw new ArgumentException(
                $"{Name}: the program unit of {ProgramUnitBytes} bytes is no power of two from 1 to 512.");
        }

        if (SectorGroups.IsEmpty || SectorGroups.Any(group => group.Count < 1))
        {
            throw new ArgumentException($"{Name}: a flash part needs at least one sector in each group.");
        }

        foreach (SectorGroup group in SectorGroups)
        {
            if (!BitOperations.IsPow2(group.SectorBytes) || group.SectorBytes < ProgramUnitBytes)
            {
                throw new ArgumentException(
                    $"{Name}: the sector of {group.SectorBytes} bytes is no power of two, or below the program unit.");
            }
        }

        long sizeBytes = SectorGroups.Sum(group => (long)group.SizeBytes);
        if (sizeBytes > SizeBytesMax)
        {
            throw new ArgumentException($"{Name}: {sizeBytes} bytes are over the limit of {SizeBytesMax}.");
        }
    }
}
