using Twinbank.Simulation.Power;

namespace Twinbank.Simulation.Flash;

/// <summary>What a program or an erase leaves behind when the power goes in the middle of it.</summary>
internal static class TornOperations
{
    /// <summary>Applies the cut program. Units that the shape leaves untouched stay programmable.</summary>
    internal static void Program(NorCells cells, uint address, ReadOnlySpan<byte> data, PowerCut cut)
    {
        var random = new SeededRandom(cut.Seed);
        switch (cut.Shape)
        {
            case CutShape.Before:
                break;
            case CutShape.After:
                cells.Program(address, data);
                break;
            case CutShape.Prefix:
                ProgramPrefix(cells, address, data, random.Below(data.Length));
                break;
            case CutShape.Hole:
                ProgramAroundHole(cells, address, data, random);
                break;
            case CutShape.Unreadable when cells.HasEcc:
                ProgramUnreadable(cells, address, data, random);
                break;
            default:
                ProgramRandomBits(cells, address, data, random);
                break;
        }
    }

    /// <summary>Applies the cut erase; except before and after, the sector then has to be erased again.</summary>
    internal static void Erase(NorCells cells, int sectorIndex, uint start, int sectorBytes, PowerCut cut)
    {
        var random = new SeededRandom(cut.Seed);
        if (cut.Shape == CutShape.Before)
        {
            return;
        }

        if (cut.Shape == CutShape.After)
        {
            cells.Erase(sectorIndex, start, sectorBytes);
            return;
        }

        cells.MarkTornErase(sectorIndex);
        int edge = random.Below(sectorBytes);
        switch (cut.Shape)
        {
            case CutShape.Prefix:
                ErasePart(cells, start, 0, edge);
                break;
            case CutShape.Hole:
                ErasePart(cells, start, edge, sectorBytes);
                break;
            case CutShape.Unreadable when cells.HasEcc:
                cells.MarkUnreadable(start, sectorBytes);
                break;
            default:
                EraseRandomBits(cells, start, sectorBytes, cut.Shape == CutShape.Noise, random);
                break;
        }
    }

    static void ProgramPrefix(NorCells cells, uint address, ReadOnlySpan<byte> data, int prefixBytes)
        => cells.Program(address, data[..prefixBytes]);

    static void ProgramAroundHole(NorCells cells, uint address, ReadOnlySpan<byte> data, SeededRandom random)
    {
        int hole = random.Below(data.Length / cells.UnitBytes) * cells.UnitBytes;
        int afterHole = hole + cells.UnitBytes;
        cells.Program(address, data[..hole]);
        cells.Program(address + (uint)afterHole, data[afterHole..]);
    }

    static void ProgramUnreadable(NorCells cells, uint address, ReadOnlySpan<byte> data, SeededRandom random)
    {
        int torn = random.Below(data.Length / cells.UnitBytes) * cells.UnitBytes;
        cells.Program(address, data[..torn]);
        cells.MarkUnreadable(address + (uint)torn, cells.UnitBytes);
    }

    static void ProgramRandomBits(NorCells cells, uint address, ReadOnlySpan<byte> data, SeededRandom random)
    {
        Span<byte> target = cells.MutableBytes.Slice((int)address, data.Length);
        for (int index = 0; index < data.Length; index++)
        {
            target[index] &= (byte)(data[index] | random.NextByte());
        }

        cells.MarkProgrammed(address, data.Length);
    }

    static void ErasePart(NorCells cells, uint start, int from, int to)
    {
        // Only whole units can be taken for erased again; a unit half erased counts as programmed.
        int wholeFrom = (from + cells.UnitBytes - 1) / cells.UnitBytes * cells.UnitBytes;
        int wholeTo = to / cells.UnitBytes * cells.UnitBytes;
        cells.MutableBytes[((int)start + from)..((int)start + to)].Fill(StrictNorFlash.ErasedByte);
        if (wholeTo > wholeFrom)
        {
            cells.EraseRange(start + (uint)wholeFrom, wholeTo - wholeFrom);
        }
    }

    static void EraseRandomBits(NorCells cells, uint start, int sectorBytes, bool isNoise, SeededRandom random)
    {
        Span<byte> target = cells.MutableBytes.Slice((int)start, sectorBytes);
        for (int index = 0; index < sectorBytes; index++)
        {
            target[index] = isNoise ? random.NextByte() : (byte)(target[index] | random.NextByte());
        }

        cells.MarkProgrammed(start, sectorBytes);
    }
}
