using Twinbank.Simulation.Power;

namespace Twinbank.Simulation.Flash;

/// <summary>
/// A program or erase that is about to happen: the place from which a sweep looks at every way in which the power may
/// go here, without running everything before it once more. Valid only inside the observer it is given to.
/// </summary>
public readonly ref struct PendingOperation
{
    readonly NorCells _cells;
    readonly int _sectorIndex;

    internal PendingOperation(NorCells cells, FlashOperation operation, int sectorIndex, ReadOnlySpan<byte> data)
    {
        _cells = cells;
        _sectorIndex = sectorIndex;
        Operation = operation;
        Data = data;
    }

    /// <summary>What was asked; its result is not known yet and reads Ok.</summary>
    public FlashOperation Operation { get; }

    /// <summary>The bytes of a program; empty for an erase.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>The part as it would be if the power went in this way. The part itself does not change.</summary>
    /// <param name="shape">Which way.</param>
    /// <param name="seed">Seed of its random choices.</param>
    public FlashSnapshot AfterCut(CutShape shape, uint seed)
    {
        NorCells copy = _cells.Copy();
        var cut = new PowerCut(0, shape, seed);
        if (Operation.Kind == FlashOperationKind.Erase)
        {
            TornOperations.Erase(copy, _sectorIndex, Operation.Address, Operation.Count, cut);
        }
        else
        {
            TornOperations.Program(copy, Operation.Address, Data, cut);
        }

        return copy.ToSnapshot();
    }
}
