using Twinbank.Core;
using Twinbank.Core.Checks;
using Twinbank.Core.Flash;
using Twinbank.Core.Format;
using Twinbank.Core.Slots;
using Twinbank.Simulation.Flash;

namespace Twinbank.Simulation.Boards;

/// <summary>
/// Puts an image into a slot as a factory does: with a programmer that writes the flash while the board is off. The
/// boot stage then finds it and starts its journal.
/// </summary>
public static class FactoryProgrammer
{
    const int HeaderCrcOffset = 60;

    /// <summary>Erases the slot and writes the image into it.</summary>
    /// <param name="hardware">The board.</param>
    /// <param name="slot">Which slot.</param>
    /// <param name="manifest">Manifest bytes.</param>
    /// <param name="signatures">Signature area.</param>
    /// <param name="blocks">Data area of each block.</param>
    /// <exception cref="ArgumentException">The board has no such slot, or the image does not fit it.</exception>
    public static void Program(
        SimulatedHardware hardware, SlotId slot, byte[] manifest, byte[] signatures, IReadOnlyList<byte[]> blocks)
    {
        FlashRegion region = Find(hardware, slot);
        StrictNorFlash part = hardware.Parts.First(each => ReferenceEquals(each, region.Device));
        byte[] contents = Lay(region, hardware.SlotHeaderBytes, manifest, signatures, blocks);
        part.Preload(region.StartAddress, contents);
    }

    /// <summary>The bytes of a slot that holds the image and nothing else (specs/image.md section 6).</summary>
    /// <exception cref="ArgumentException">The image does not fit the slot.</exception>
    public static byte[] Lay(
        FlashRegion region, uint headerAreaBytes, byte[] manifest, byte[] signatures, IReadOnlyList<byte[]> blocks)
    {
        byte[] tables = [.. manifest, .. signatures];
        uint blockBytes = LittleEndian.ReadU32(manifest, Manifest.BlockBytesOffset);
        uint tablesOffset = SlotHeader.ManifestOffsetFor(region.ProgramUnitBytes);
        if (tablesOffset + tables.Length > headerAreaBytes - SlotSeal.PlaceBytes(region.ProgramUnitBytes)
            || headerAreaBytes + ((long)blockBytes * blocks.Count) > region.SizeBytes)
        {
            throw new ArgumentException($"The image does not fit a slot of {region.SizeBytes} bytes.");
        }

        byte[] contents = new byte[region.SizeBytes];
        Array.Fill(contents, StrictNorFlash.ErasedByte);
        var header = new SlotHeader
        {
            ManifestOffset = tablesOffset,
            ManifestBytes = (uint)manifest.Length,
            SignatureAreaBytes = (uint)signatures.Length,
            Crc = Crc32C.Compute(tables, 0, tables.Length),
        };
        header.Write(contents, 0);
        tables.CopyTo(contents, tablesOffset);
        uint sealBytes = SlotSeal.PlaceBytes(region.ProgramUnitBytes);
        SlotSeal.Write(LittleEndian.ReadU32(contents, HeaderCrcOffset), contents, (int)(headerAreaBytes - sealBytes));
        for (int block = 0; block < blocks.Count; block++)
        {
            blocks[block].CopyTo(contents, headerAreaBytes + (block * blockBytes));
        }

        return contents;
    }

    static FlashRegion Find(SimulatedHardware hardware, SlotId slot)
        => slot switch
        {
            SlotId.A => hardware.SlotA,
            SlotId.B => hardware.SlotB,
            SlotId.Golden when hardware.Golden is not null => hardware.Golden,
            _ => throw new ArgumentException($"The board has no slot {slot}."),
        };
}
