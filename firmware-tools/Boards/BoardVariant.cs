namespace Twinbank.Boards;

/// <summary>
/// Another geometry of a simulated board: one bank with the journal (two sectors), slot A, slot B and golden in a row.
/// </summary>
/// <param name="Name">Appended to the board's id with a dot: <c>sim-nor.64k-u8-once</c>.</param>
/// <param name="SectorBytes">Size of each sector, a power of two.</param>
/// <param name="ProgramUnitBytes">Program unit, a power of two.</param>
/// <param name="UnitsAreWriteOnce">True for flash with ECC.</param>
/// <param name="SlotBytes">Size of each slot and of the golden store.</param>
/// <param name="HeaderBytes">Size of the header area of a slot.</param>
/// <param name="BlockBytes">Default block size, data and buffer.</param>
/// <param name="BufferBytes">Default buffer area of a block.</param>
public sealed record BoardVariant(
    string Name,
    uint SectorBytes,
    uint ProgramUnitBytes,
    bool UnitsAreWriteOnce,
    uint SlotBytes,
    uint HeaderBytes,
    uint BlockBytes,
    uint BufferBytes);
