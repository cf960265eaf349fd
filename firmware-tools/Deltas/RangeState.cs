using Twinbank.Core.Recipes;

namespace Twinbank.Deltas;

/// <summary>What the decoder knows between two operations, apart from its models.</summary>
struct RangeState
{
    internal int Position;
    internal uint First;
    internal uint Second;
    internal uint Third;
    internal uint Fourth;
    internal uint Alignment;
    internal byte History;
    internal byte NewerKind;

    internal static RangeState Start(RangeBlock block)
    {
        uint alignment = block.BaseOffset & RangeModels.AlignmentMask;
        return new RangeState
        {
            First = block.Base is { HasMap: true } ? RangeModels.MapSource : RangeModels.BaseSource | alignment,
            Second = 1,
            Third = 2,
            Fourth = 4,
            Alignment = alignment,
            History = RangeModels.HistoryCount - 1,
            NewerKind = RangeModels.CopyKind,
        };
    }

    internal readonly int Phase => Position & 1;

    internal readonly bool FirstIsBase => IsBase(First);

    internal static bool IsBase(uint source) => (source & RangeModels.BaseSource) != 0;

    internal readonly uint Source(RangeOperationKind repeat) => repeat switch
    {
        RangeOperationKind.RepeatFirst => First,
        RangeOperationKind.RepeatSecond => Second,
        RangeOperationKind.RepeatThird => Third,
        _ => Fourth,
    };

    /// <summary>The repeat that uses a source, or New when it is not among the last four.</summary>
    internal readonly RangeOperationKind KindFor(uint source)
        => source == First ? RangeOperationKind.RepeatFirst
            : source == Second ? RangeOperationKind.RepeatSecond
            : source == Third ? RangeOperationKind.RepeatThird
            : source == Fourth ? RangeOperationKind.RepeatFourth
            : RangeOperationKind.New;

    internal void Apply(RangeBlock block, in RangeOperation operation)
    {
        int kind = operation.Kind switch
        {
            RangeOperationKind.Literal => RangeModels.LiteralKind,
            RangeOperationKind.Difference => RangeModels.DifferenceKind,
            _ => RangeModels.CopyKind,
        };
        History = (byte)((NewerKind * RangeModels.KindCount) + kind);
        NewerKind = (byte)kind;
        Position += operation.Count;
        if (operation.Kind > RangeOperationKind.RepeatFirst)
        {
            MoveToFront(operation);
        }

        if (kind == RangeModels.CopyKind && FirstIsBase)
        {
            Alignment = block.AlignmentAt(First, Position - 1);
        }
    }

    void MoveToFront(in RangeOperation operation)
    {
        if (operation.Kind is RangeOperationKind.RepeatFourth or RangeOperationKind.New)
        {
            Fourth = Third;
        }

        if (operation.Kind != RangeOperationKind.RepeatSecond)
        {
            Third = Second;
        }

        Second = First;
        First = operation.Source;
    }
}
