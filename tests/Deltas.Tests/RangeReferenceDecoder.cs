using Twinbank.Core.Recipes;

namespace Twinbank.Deltas.Tests;

/// <summary>
/// Codec 1 written down a second time from specs/recipe.md, with the whole input at hand and a model per name instead
/// of a place in an array: the check of the device's decoder. Throws for a recipe that is none.
/// </summary>
sealed class RangeReferenceDecoder(
    byte[] recipe, byte[] baseImage, int targetBytes, uint baseOffset, int targetOffset = 0, byte[]? map = null)
{
    const long MapValue = -1;

    static readonly ushort[] s_start = Start();

    readonly Dictionary<string, (int Probability, int Lessons)> _models = [];
    readonly Dictionary<int, string> _names = [];
    readonly List<byte> _target = [];
    readonly ReferencePrediction? _prediction = map == null ? null : new ReferencePrediction(map, baseImage);

    // The value of the source that follows the map is MapValue.
    readonly List<(bool IsBase, long Value)> _sources =
        [(true, map == null ? baseOffset : MapValue), (false, 1), (false, 2), (false, 4)];
    readonly List<char> _history = ['C', 'C'];
    long _alignment = baseOffset;
    ulong _range = 0xFFFFFFFF;
    ulong _code;
    int _next;

    internal byte[] Decode()
    {
        for (int i = 0; i < 4; i++)
        {
            _code = (_code << 8) | NextByte();
        }

        while (_target.Count < targetBytes)
        {
            DecodeOperation();
        }

        if (targetBytes > 0 ? _next < recipe.Length || _next - recipe.Length > 3 : recipe.Length > 0)
        {
            throw new InvalidDataException("The recipe has another length than the block needs.");
        }

        return [.. _target];
    }

    void DecodeOperation()
    {
        string history = $"{_history[^2]}{_history[^1]}";
        int older = "LDC".IndexOf(_history[^2]), newer = "LDC".IndexOf(_history[^1]);
        int h = (older * 3) + newer;
        int phase = _target.Count % 2;
        bool baseFirst = _sources[0].IsBase;
        if (Bit($"copy {history} {phase}", RangeModels.IsCopy + (h * 2) + phase))
        {
            DecodeCopy(history, h, phase, baseFirst);
            _history.Add('C');
        }
        else if (Bit(
            $"difference {history} {phase} {baseFirst}",
            RangeModels.IsDifference + (baseFirst ? 18 : 0) + (h * 2) + phase))
        {
            int difference = Tree($"differences {phase}", RangeModels.Differences + (phase * 255), 8);
            _target.Add((byte)(SourceByte() + difference));
            _history.Add('D');
        }
        else
        {
            _target.Add((byte)Tree($"literals {phase}", RangeModels.Literals + (phase * 255), 8));
            _history.Add('L');
        }
    }

    void DecodeCopy(string history, int h, int phase, bool baseFirst)
    {
        int count;
        if (Bit($"repeat {history}", RangeModels.IsRepeat + h))
        {
            int index = !Bit($"first {history}", RangeModels.IsRepeatFirst + h) ? 0
                : !Bit($"second {history}", RangeModels.IsRepeatSecond + h) ? 1
                : !Bit($"third {history}", RangeModels.IsRepeatThird + h) ? 2 : 3;
            (bool IsBase, long Value) source = _sources[index];
            _sources.RemoveAt(index);
            _sources.Insert(0, source);
            count = 1 + Length($"repeat length {phase}", RangeModels.RepeatLengths + (phase * 34));
        }
        else if (Bit($"base {baseFirst}", RangeModels.IsBase + (baseFirst ? 1 : 0)))
        {
            bool isMap = map != null && Bit("map", RangeModels.IsMap);
            count = 2 + Length("base length", RangeModels.BaseLengths);
            _sources.Insert(0, (true, isMap ? MapValue : NewAlignment()));
        }
        else
        {
            count = 2 + Length($"distance length {phase}", RangeModels.DistanceLengths + (phase * 34));
            string slots = count == 2 ? "distance of two" : "distance";
            int tree = RangeModels.DistanceSlots + (count == 2 ? 0 : 63);
            _sources.Insert(0, (false, 1 + Number(slots, tree, RangeModels.DistanceAlign, "distance")));
        }

        for (; count > 0; count--)
        {
            _alignment = _sources[0].IsBase ? AlignmentHere() : _alignment;
            _target.Add(SourceByte());
        }
    }

    long NewAlignment()
    {
        bool backward = Bit("backward", RangeModels.IsBackward);
        long shift = Number("base", RangeModels.BaseSlots, RangeModels.BaseAlign);
        return (_alignment + (backward ? -shift : shift)) & 0x3FFFFFFF;
    }

    // Base offset minus position.
    long AlignmentHere()
        => _sources[0].Value == MapValue
            ? (_prediction!.ContentOffset(targetOffset + _target.Count) - _target.Count) & 0x3FFFFFFF
            : _sources[0].Value;

    byte SourceByte()
    {
        (bool isBase, long value) = _sources[0];
        if (isBase)
        {
            int from = (int)((AlignmentHere() + _target.Count) & 0x3FFFFFFF);
            return _prediction == null ? baseImage[from] : _prediction.Byte(from, targetOffset + _target.Count);
        }

        return _target[checked((int)(_target.Count - value))];
    }

    int Length(string name, int model)
    {
        int symbol = Tree(name, model, 5);
        if (symbol < 16)
        {
            return symbol;
        }

        int plain = symbol - 14;
        int middle = (int)Plain(plain);
        return (((1 << plain) + middle) * 4) + Tree(name + " end", model + 31, 2);
    }

    long Number(string name, int slots, int align, string? alignName = null)
    {
        int slot = Tree(name + " slot", slots, 6);
        if (slot < 4)
        {
            return slot;
        }

        int bits = (slot / 2) - 1;
        long top = 2 + (slot % 2);
        if (bits <= 4)
        {
            return (top << bits) + Plain(bits);
        }

        long value = ((top << (bits - 4)) + Plain(bits - 4)) << 4;
        string path = "";
        for (int i = 0, node = 1; i < 4; i++)
        {
            bool bit = Bit($"{alignName ?? name} align {path}", align + node);
            node = (node * 2) + (bit ? 1 : 0);
            path += bit ? "1" : "0";
            value += bit ? 1 << i : 0;
        }

        return value;
    }

    int Tree(string name, int model, int bits)
    {
        string path = "";
        int node = 1;
        for (int i = 0; i < bits; i++)
        {
            bool bit = Bit($"{name} {path}", model + node);
            node = (node * 2) + (bit ? 1 : 0);
            path += bit ? "1" : "0";
        }

        return node - (1 << bits);
    }

    bool Bit(string name, int model)
    {
        // Each name has one place, each place one name: no two models share memory on the device.
        Assert.AreEqual(name, _names.TryGetValue(model, out string? known) ? known : name);
        _names[model] = name;
        (int probability, int lessons) = _models.TryGetValue(name, out (int, int) found)
            ? found
            : (s_start[model] >> 4, s_start[model] & 15);
        ulong bound = (_range / 4096) * (ulong)probability;
        bool bit = _code >= bound;
        _range = bit ? _range - bound : bound;
        _code -= bit ? bound : 0;
        int shift = new[] { 1, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 5 }[lessons];
        probability = bit
            ? probability - (probability >> shift)
            : probability + ((4096 - probability) >> shift);
        _models[name] = (Math.Clamp(probability, 31, 4065), Math.Min(15, lessons + 1));
        Normalize();
        return bit;
    }

    uint Plain(int bits)
    {
        uint value = 0;
        for (int i = 0; i < bits; i++)
        {
            _range /= 2;
            bool bit = _code >= _range;
            _code -= bit ? _range : 0;
            value = (value * 2) + (bit ? 1u : 0);
            Normalize();
        }

        return value;
    }

    void Normalize()
    {
        while (_range < 1 << 24)
        {
            _range <<= 8;
            _code = (_code << 8) | NextByte();
        }
    }

    ulong NextByte()
    {
        int at = _next++;
        return at < recipe.Length ? recipe[at] : 0ul;
    }

    static ushort[] Start()
    {
        ushort[] models = new ushort[RangeModels.Count];
        RangeModels.Reset(models);
        return models;
    }
}
