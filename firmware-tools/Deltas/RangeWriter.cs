using Twinbank.Core.Recipes;

namespace Twinbank.Deltas;

/// <summary>Turns operations into a recipe, in step with what the decoder will know.</summary>
sealed class RangeWriter(RangeBlock block)
{
    readonly RangeEncoder _encoder = new();
    RangeState _state = RangeState.Start(block);

    internal RangeState State => _state;

    /// <summary>The models as the decoder will have them at this point.</summary>
    internal ushort[] Models => _encoder.Models;

    internal byte[] Finish() => block.Target.Length == 0 ? [] : _encoder.Finish();

    internal void Write(in RangeOperation operation)
    {
        bool isCopy = operation.Kind >= RangeOperationKind.RepeatFirst;
        _encoder.Bit(RangeModels.IsCopy + (_state.History * 2) + _state.Phase, isCopy ? 1 : 0);
        if (!isCopy)
        {
            WriteByte(operation.Kind == RangeOperationKind.Difference);
        }
        else if (operation.Kind == RangeOperationKind.New)
        {
            WriteNew(operation);
        }
        else
        {
            WriteRepeat(operation);
        }

        _state.Apply(block, operation);
    }

    void WriteByte(bool isDifference)
    {
        int kind = _state.FirstIsBase ? RangeModels.HistoryCount * 2 : 0;
        _encoder.Bit(RangeModels.IsDifference + kind + (_state.History * 2) + _state.Phase, isDifference ? 1 : 0);
        int value = block.Target[_state.Position];
        if (isDifference)
        {
            int difference = (value - block.Predict(_state.First, _state.Position)) & 0xFF;
            _encoder.Tree(RangeModels.Differences + (_state.Phase * 255), 8, difference);
        }
        else
        {
            _encoder.Tree(RangeModels.Literals + (RangeBlock.LiteralTree(_state.Position) * 255), 8, value);
        }
    }

    void WriteRepeat(in RangeOperation operation)
    {
        _encoder.Bit(RangeModels.IsRepeat + _state.History, 1);
        int index = operation.Kind - RangeOperationKind.RepeatFirst;
        for (int i = 0; i < 3 && i <= index; i++)
        {
            _encoder.Bit(
                RangeModels.IsRepeatFirst + (i * RangeModels.HistoryCount) + _state.History, index > i ? 1 : 0);
        }

        WriteLength(
            RangeModels.RepeatLengths + (_state.Phase * RangeModels.LengthModels),
            operation.Count - RangeModels.RepeatBytesMin);
    }

    void WriteNew(in RangeOperation operation)
    {
        bool isBase = RangeState.IsBase(operation.Source);
        int length = operation.Count - RangeModels.NewBytesMin;
        _encoder.Bit(RangeModels.IsRepeat + _state.History, 0);
        _encoder.Bit(RangeModels.IsBase + (_state.FirstIsBase ? 1 : 0), isBase ? 1 : 0);
        bool isMap = operation.Source == RangeModels.MapSource;
        if (isBase && block.Base!.HasMap)
        {
            _encoder.Bit(RangeModels.IsMap, isMap ? 1 : 0);
        }

        if (isMap)
        {
            WriteLength(RangeModels.BaseLengths, length);
        }
        else if (isBase)
        {
            WriteLength(RangeModels.BaseLengths, length);
            int shift = RangeNumber.Shift(operation.Source, _state.Alignment);
            _encoder.Bit(RangeModels.IsBackward, shift < 0 ? 1 : 0);
            WriteNumber(RangeModels.BaseSlots, RangeModels.BaseAlign, (uint)Math.Abs(shift));
        }
        else
        {
            WriteLength(RangeModels.DistanceLengths + (_state.Phase * RangeModels.LengthModels), length);
            int slots = RangeModels.DistanceSlots + (length == 0 ? 0 : 63);
            WriteNumber(slots, RangeModels.DistanceAlign, operation.Source - 1);
        }
    }

    void WriteLength(int models, int length)
    {
        int symbol = RangeNumber.LengthSymbol(length);
        _encoder.Tree(models, RangeModels.LengthTreeBits, symbol);
        if (symbol >= RangeModels.LengthSymbolDirect)
        {
            _encoder.Plain((uint)length >> RangeModels.LengthEndBits, RangeNumber.LengthMiddleBits(symbol));
            _encoder.Tree(models + 31, RangeModels.LengthEndBits, length & 3);
        }
    }

    void WriteNumber(int slots, int align, uint value)
    {
        int slot = RangeNumber.Slot(value);
        _encoder.Tree(slots, RangeModels.SlotTreeBits, slot);
        int lowBits = RangeNumber.LowBits(slot);
        if (lowBits <= RangeModels.AlignTreeBits)
        {
            _encoder.Plain(value, lowBits);
        }
        else
        {
            _encoder.Plain(value >> RangeModels.AlignTreeBits, lowBits - RangeModels.AlignTreeBits);
            _encoder.ReverseTree(align, RangeModels.AlignTreeBits, (int)(value & 15));
        }
    }
}
