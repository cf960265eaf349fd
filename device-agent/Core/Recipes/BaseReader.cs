namespace Twinbank.Core.Recipes;

/// <summary>
/// The base as a copy sees it: with a map, every reference in it is what it would be at the new place
/// (specs/recipe.md section 6). Small reads share one window, since a serial flash charges per read.
/// </summary>
sealed class BaseReader
{
    internal const int WindowBytes = 64;

    // A reference has 4 bytes, and whether a word is one hangs on the 2 bytes before and after it.
    const uint ReferenceBytes = 4;
    const int LeadBytes = 8;
    const int TailBytes = 8;
    const int PieceBytes = WindowBytes - LeadBytes - TailBytes;

    readonly byte[] _window = new byte[WindowBytes];
    RecipeIo? _io;
    AddressMap? _map;
    uint _windowStart;
    int _windowCount;

    internal void Begin(RecipeIo io, AddressMap? map)
    {
        _io = io;
        _map = map;
        _windowCount = 0;
    }

    /// <summary>
    /// Reads base bytes for a place in the target. <paramref name="from"/> is an offset in the base payload,
    /// <paramref name="targetFrom"/> one in the target payload. OutOfRange when a byte is not there.
    /// </summary>
    internal Status Read(uint from, uint targetFrom, byte[] buffer, int offset, int count)
    {
        if (_map == null)
        {
            return ReadPlain(from, buffer, offset, count);
        }

        if (from > _map.BaseBytes || (uint)count > _map.BaseBytes - from)
        {
            return Status.OutOfRange;
        }

        while (count > 0)
        {
            int piece = count < PieceBytes ? count : PieceBytes;
            Status status = FillAround(from, piece);
            if (status != Status.Ok)
            {
                return status;
            }

            Bytes.Copy(_window, (int)(from - _windowStart), buffer, offset, piece);
            if (((from ^ targetFrom ^ _map.BaseAddress ^ _map.TargetAddress) & 1) == 0)
            {
                Predict(from, targetFrom, buffer, offset, piece);
            }

            from += (uint)piece;
            targetFrom += (uint)piece;
            offset += piece;
            count -= piece;
        }

        return Status.Ok;
    }

    Status ReadPlain(uint from, byte[] buffer, int offset, int count)
    {
        if (count > WindowBytes / 2)
        {
            return _io!.ReadBase(from, buffer, offset, count);
        }

        if (!Holds(from, from + (uint)count))
        {
            Status status = Fill(from, WindowBytes);
            if (status != Status.Ok)
            {
                // Near the end of the base a whole window is out of range, and only what is asked for is there.
                status = Fill(from, count);
            }

            if (status != Status.Ok)
            {
                return status;
            }
        }

        Bytes.Copy(_window, (int)(from - _windowStart), buffer, offset, count);
        return Status.Ok;
    }

    Status FillAround(uint from, int count)
    {
        uint start = from < LeadBytes ? 0 : from - LeadBytes;
        uint end = from + (uint)count;
        end = _map!.BaseBytes - end < TailBytes ? _map.BaseBytes : end + TailBytes;
        if (Holds(start, end))
        {
            return Status.Ok;
        }

        uint left = _map.BaseBytes - start;
        return Fill(start, left < WindowBytes ? (int)left : WindowBytes);
    }

    bool Holds(uint start, uint end)
        => _windowCount > 0 && start >= _windowStart && end - _windowStart <= (uint)_windowCount && end >= start;

    Status Fill(uint start, int count)
    {
        _windowStart = start;
        Status status = _io!.ReadBase(start, _window, 0, count);
        _windowCount = status == Status.Ok ? count : 0;
        return status;
    }

    // Every reference that has a byte among those read. Bytes beyond the base belong to none.
    void Predict(uint from, uint targetFrom, byte[] buffer, int offset, int count)
    {
        uint moved = targetFrom - from;
        uint end = from + (uint)count;
        uint at = from < 3 ? 0 : from - 3;

        // The address decides what is even.
        at += (at + _map!.BaseAddress) & 1;
        for (; at < end && at + ReferenceBytes <= _map.BaseBytes; at += 2)
        {
            if (IsBranch(at))
            {
                Store(PredictBranch(at, moved), at, from, buffer, offset, count);
            }
            else if (IsWord(at))
            {
                uint word = Word(at);
                Store(word + _map.Shift(word), at, from, buffer, offset, count);
            }
        }
    }

    void Store(uint value, uint at, uint from, byte[] buffer, int offset, int count)
    {
        for (uint i = 0; i < ReferenceBytes; i++)
        {
            uint place = at + i - from;
            if (place < (uint)count)
            {
                buffer[offset + (int)place] = (byte)(value >> (int)(8 * i));
            }
        }
    }

    bool IsWord(uint at)
        => ((at + _map!.BaseAddress) & 3) == 0 && !IsBranch(at + 2) && (at < 2 || !IsBranch(at - 2));

    bool IsBranch(uint at)
        => at + ReferenceBytes <= _map!.BaseBytes && CodeReference.IsBranch(_map.References, Half(at), Half(at + 2));

    uint PredictBranch(uint at, uint moved)
    {
        ReferenceKind kind = _map!.References;
        uint word = Word(at);
        uint place = _map.BaseAddress + at;
        uint goal = place + CodeReference.Distance(kind, word);
        if (goal - _map.BaseAddress >= _map.BaseBytes)
        {
            return word;
        }

        uint newPlace = _map.TargetAddress + at + moved;
        return CodeReference.WithDistance(kind, word, goal + _map.Shift(goal) - newPlace);
    }

    uint Half(uint at)
    {
        int index = (int)(at - _windowStart);
        return (uint)(_window[index] | (_window[index + 1] << 8));
    }

    uint Word(uint at) => Half(at) | (Half(at + 2) << 16);
}
