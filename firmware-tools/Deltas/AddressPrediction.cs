using Twinbank.Core;
using Twinbank.Core.Recipes;

namespace Twinbank.Deltas;

/// <summary>
/// What a decoder with an address map predicts, worked out ahead for a whole pair of images
/// (specs/recipe.md section 6).
/// </summary>
sealed class AddressPrediction
{
    readonly CodeImage _base;
    readonly CodeImage _target;
    readonly ReferenceKind _kind;
    readonly List<ShiftEntry> _entries;

    // By base offset: first byte of the reference that a byte belongs to, -1 for none; and by half that offset what
    // stands there after the move: a word, or for a branch its goal.
    readonly int[] _reference;
    readonly uint[] _value;
    readonly bool[] _isBranch;

    // By target offset: where in the base its content is expected.
    readonly int[] _content;

    internal AddressPrediction(
        CodeImage baseImage, CodeImage target, ReferenceKind kind, List<ShiftEntry> entries)
    {
        _base = baseImage;
        _target = target;
        _kind = kind;
        _entries = entries;
        MapBytes = AddressMapWriter.Write(
            kind, baseImage.Address, baseImage.Payload.Length, target.Address, entries);
        _reference = new int[baseImage.Payload.Length];
        _value = new uint[(baseImage.Payload.Length / 2) + 1];
        _isBranch = new bool[_value.Length];
        Array.Fill(_reference, -1);
        FindReferences();
        _content = FindContent();
    }

    /// <summary>The map as the container carries it.</summary>
    internal byte[] MapBytes { get; }

    /// <summary>The base with every reference named by where its goal went, for searching.</summary>
    internal byte[] MovedBase()
    {
        byte[] moved = [.. _base.Payload];
        for (int at = 0; at < moved.Length; at++)
        {
            int start = _reference[at];
            if (start == at)
            {
                LittleEndian.WriteU32(moved, at, Named(LittleEndian.ReadU32(_base.Payload, at), start));
            }
        }

        return moved;
    }

    /// <summary>The target in the same form.</summary>
    internal byte[] NamedTarget()
    {
        byte[] named = [.. _target.Payload];
        var fields = new CodeFields(_target, _kind);
        for (int at = fields.FirstEven; at + CodeFields.FieldBytes <= named.Length; at += 2)
        {
            if (fields.IsBranch(at))
            {
                LittleEndian.WriteU32(named, at, WithGoal(fields.Word(at), fields.Goal(at)));
            }
        }

        return named;
    }

    /// <summary>Base offset that the map expects for a target offset; may lie outside the base.</summary>
    internal int ContentAt(int targetOffset) => _content[targetOffset];

    /// <summary>The byte that a base offset gives at a target offset.</summary>
    internal byte Predict(int baseOffset, int targetOffset)
    {
        int start = _reference[baseOffset];
        uint moved = (uint)(targetOffset - baseOffset) + _target.Address - _base.Address;
        if (start < 0 || (moved & 1) != 0)
        {
            return _base.Payload[baseOffset];
        }

        uint value = _value[start >> 1];
        if (_isBranch[start >> 1])
        {
            uint place = _base.Address + (uint)start + moved;
            value = CodeReference.WithDistance(_kind, LittleEndian.ReadU32(_base.Payload, start), value - place);
        }

        return (byte)(value >> (8 * (baseOffset - start)));
    }

    uint Named(uint word, int start)
        => _isBranch[start >> 1] ? WithGoal(word, _value[start >> 1]) : _value[start >> 1];

    uint WithGoal(uint word, uint goal)
        => CodeReference.WithDistance(_kind, word, (goal - _target.Address) & 0xFFFFE);

    void FindReferences()
    {
        var fields = new CodeFields(_base, _kind);
        for (int at = fields.FirstEven; at + CodeFields.FieldBytes <= _base.Payload.Length; at += 2)
        {
            bool isBranch = fields.IsBranch(at);
            if (isBranch)
            {
                uint goal = fields.Goal(at);
                _value[at >> 1] = goal + Shift(goal);
            }
            else if (fields.IsWord(at))
            {
                uint word = fields.Word(at);
                uint shift = Shift(word);
                if (shift == 0)
                {
                    continue;
                }

                _value[at >> 1] = word + shift;
            }
            else
            {
                continue;
            }

            _isBranch[at >> 1] = isBranch;
            Array.Fill(_reference, at, at, CodeFields.FieldBytes);
        }
    }

    uint Shift(uint address)
    {
        int low = 0;
        int high = _entries.Count;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (_entries[middle].Start <= address)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low == 0 ? 0 : _entries[low - 1].Shift;
    }

    int[] FindContent()
    {
        // Places are numbers around the target's first byte, so that they compare as the decoder's distances do.
        (int Place, uint Shift)[] moves =
        [
            .. _entries.Where(entry => entry.Start - _base.Address < (uint)_base.Payload.Length)
                .Select(entry => (Place: (int)(entry.Start + entry.Shift - _target.Address), entry.Shift))
                .OrderBy(move => move.Place),
        ];
        int[] content = new int[_target.Payload.Length];
        int next = 0;
        uint shift = 0;
        for (int at = 0; at < content.Length; at++)
        {
            while (next < moves.Length && moves[next].Place <= at)
            {
                // Of two that begin at the same place the first one counts.
                if (next == 0 || moves[next].Place != moves[next - 1].Place)
                {
                    shift = moves[next].Shift;
                }

                next++;
            }

            content[at] = (int)(_target.Address + (uint)at - shift - _base.Address);
        }

        return content;
    }
}
