using Twinbank.Boards;

namespace Twinbank.Power.Tests.Worlds;

/// <summary>
/// One kind of flash with the smallest slots that show all it can do wrong: every rule of a real part, little to copy.
/// </summary>
/// <param name="Name">Stands in case ids.</param>
/// <param name="SectorBytes">Erase unit.</param>
/// <param name="UnitBytes">Program unit.</param>
/// <param name="IsWriteOnce">True for parts with ECC.</param>
/// <param name="HeaderBytes">Header area of a slot.</param>
/// <param name="BlockBytes">Logical block.</param>
internal sealed record SweepGeometry(
    string Name, uint SectorBytes, uint UnitBytes, bool IsWriteOnce, uint HeaderBytes, uint BlockBytes)
{
    /// <summary>Blocks a slot has room for: one more than the larger images use.</summary>
    public const int BlocksMax = 6;

    /// <summary>The named kinds of parts, from byte-programmable NOR to 512-byte units with ECC.</summary>
    public static IReadOnlyList<SweepGeometry> All { get; } =
    [
        // Serial and parallel NOR: any byte, small sectors; two journal places per half, so halves change all the time.
        new("s256-u1", 256, 1, false, 1024, 512),
        // nRF52: words.
        new("s256-u4", 256, 4, false, 1024, 512),
        // STM32L4, U5, G4: double words with ECC.
        new("s512-u8-once", 512, 8, true, 1024, 1024),
        // SAM E5x, STM32U5 quad words.
        new("s512-u16-once", 512, 16, true, 1024, 1024),
        // STM32H7: 256-bit words with ECC.
        new("s1024-u32-once", 1024, 32, true, 1024, 1024),
        // RP2350 boot ROM: pages of 256 bytes.
        new("s1024-u256", 1024, 256, false, 2048, 2048),
        // LPC55: page and sector are one; each journal half holds a single record.
        new("s512-u512-once", 512, 512, true, 2048, 1024),
        // CFI NOR: sectors larger than all else; a block is one sector.
        new("s4096-u2", 4096, 2, false, 4096, 4096),
    ];

    public uint BufferBytes => BlockBytes / 4;

    public uint DataBytes => BlockBytes - BufferBytes;

    public uint SlotBytes => HeaderBytes + (BlocksMax * BlockBytes);

    /// <summary>One sector that belongs to nobody lies before and after each region.</summary>
    public uint JournalAddress => SectorBytes;

    public uint JournalBytes => 2 * SectorBytes;

    public uint SlotAddress(int slot) => (4 * SectorBytes) + ((uint)slot * (SlotBytes + SectorBytes));

    public uint SizeBytes => SlotAddress(3);

    /// <summary>The board as the image builder wants it described.</summary>
    public Board DescribeBoard()
    {
        var bank = new FlashBank
        {
            Id = Name,
            Kind = FlashKind.Simulated,
            BusAddress = 0,
            SizeBytes = SizeBytes,
            SectorGroups = [new SectorGroup(SectorBytes, SizeBytes / SectorBytes)],
            ProgramUnitBytes = UnitBytes,
            UnitsAreWriteOnce = IsWriteOnce,
        };
        Board board = BoardCatalog.BuiltIn.Find("sim-nor");
        return board with
        {
            Id = Name,
            Banks = [bank],
            Regions =
            [
                Place(RegionRole.Journal, JournalAddress, JournalBytes),
                Place(RegionRole.SlotA, SlotAddress(0), SlotBytes),
                Place(RegionRole.SlotB, SlotAddress(1), SlotBytes),
                Place(RegionRole.Golden, SlotAddress(2), SlotBytes),
            ],
            Slots = new SlotGeometry
            {
                SlotBytes = SlotBytes,
                SectorBytes = SectorBytes,
                ProgramUnitBytes = UnitBytes,
                UnitsAreWriteOnce = IsWriteOnce,
                HeaderBytes = HeaderBytes,
                BlockBytes = BlockBytes,
                BufferBytes = BufferBytes,
            },
            Variants = [],
        };

        Region Place(RegionRole role, uint address, uint sizeBytes)
            => new()
            {
                Role = role,
                Name = role.ToString(),
                Bank = bank,
                StartAddress = address,
                SizeBytes = sizeBytes,
                SectorBytes = SectorBytes,
            };
    }
}
