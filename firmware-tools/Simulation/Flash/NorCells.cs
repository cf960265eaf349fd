namespace Twinbank.Simulation.Flash;

/// <summary>
/// The memory cells of a part and what is known of each unit and sector: no rules, no faults, only state.
/// </summary>
internal sealed class NorCells
{
    const byte UnitErased = 0, UnitProgrammed = 1, UnitUnreadable = 2;
    const byte SectorSound = 0, SectorTornErase = 1;

    readonly NorGeometry _geometry;
    readonly byte[] _bytes;

    // Empty unless units are write-once: other parts neither count programs nor have ECC.
    readonly byte[] _unitStates;
    readonly byte[] _sectorStates;
    readonly int _unitBytes;
    int _unreadableCount;
    int _tornEraseCount;

    internal NorCells(NorGeometry geometry)
    {
        _geometry = geometry;
        _unitBytes = (int)geometry.ProgramUnitBytes;
        _bytes = new byte[geometry.SizeBytes];
        _unitStates = geometry.UnitsAreWriteOnce ? new byte[_bytes.Length / _unitBytes] : [];
        _sectorStates = new byte[geometry.SectorCount];
        Array.Fill(_bytes, StrictNorFlash.ErasedByte);
    }

    NorCells(NorCells other)
    {
        _geometry = other._geometry;
        _unitBytes = other._unitBytes;
        _bytes = (byte[])other._bytes.Clone();
        _unitStates = (byte[])other._unitStates.Clone();
        _sectorStates = (byte[])other._sectorStates.Clone();
        _unreadableCount = other._unreadableCount;
        _tornEraseCount = other._tornEraseCount;
    }

    internal ReadOnlySpan<byte> Bytes => _bytes;

    internal Span<byte> MutableBytes => _bytes;

    internal int UnitBytes => _unitBytes;

    internal bool HasEcc => _geometry.UnitsAreWriteOnce;

    internal bool AnyUnreadable(uint address, int count)
    {
        if (_unreadableCount == 0 || count == 0)
        {
            return false;
        }

        int first = (int)address / _unitBytes;
        int last = ((int)address + count - 1) / _unitBytes;
        return _unitStates.AsSpan(first, last - first + 1).Contains(UnitUnreadable);
    }

    internal bool FindTornErase(uint address, int count, out uint torn)
    {
        torn = 0;
        uint next = address;
        while (_tornEraseCount > 0 && next < address + (uint)count)
        {
            (int index, uint start, uint sectorBytes) = _geometry.SectorAt(next);
            if (_sectorStates[index] == SectorTornErase)
            {
                torn = next;
                return true;
            }

            next = start + sectorBytes;
        }

        return false;
    }

    internal bool FindProgrammedUnit(uint address, int count, out uint programmed)
    {
        programmed = 0;
        if (!HasEcc)
        {
            return false;
        }

        int first = (int)address / _unitBytes;
        int found = _unitStates.AsSpan(first, count / _unitBytes).IndexOfAnyExcept(UnitErased);
        programmed = (uint)((first + found) * _unitBytes);
        return found >= 0;
    }

    internal bool FindBitToSet(uint address, ReadOnlySpan<byte> data, out uint raised)
    {
        ReadOnlySpan<byte> present = _bytes.AsSpan((int)address, data.Length);
        for (int index = 0; index < data.Length; index++)
        {
            if ((data[index] & ~present[index]) != 0)
            {
                raised = address + (uint)index;
                return true;
            }
        }

        raised = 0;
        return false;
    }

    internal void Program(uint address, ReadOnlySpan<byte> data)
    {
        Span<byte> target = _bytes.AsSpan((int)address, data.Length);
        for (int index = 0; index < data.Length; index++)
        {
            target[index] &= data[index];
        }

        SetUnits(address, data.Length, UnitProgrammed);
    }

    internal void Erase(int sectorIndex, uint start, int sectorBytes)
    {
        _bytes.AsSpan((int)start, sectorBytes).Fill(StrictNorFlash.ErasedByte);
        SetUnits(start, sectorBytes, UnitErased);
        if (_sectorStates[sectorIndex] == SectorTornErase)
        {
            _sectorStates[sectorIndex] = SectorSound;
            _tornEraseCount--;
        }
    }

    internal void EraseRange(uint address, int count)
    {
        _bytes.AsSpan((int)address, count).Fill(StrictNorFlash.ErasedByte);
        SetUnits(address, count, UnitErased);
    }

    internal void MarkTornErase(int sectorIndex)
    {
        if (_sectorStates[sectorIndex] == SectorSound)
        {
            _sectorStates[sectorIndex] = SectorTornErase;
            _tornEraseCount++;
        }
    }

    internal void MarkProgrammed(uint address, int count) => SetUnits(address, count, UnitProgrammed);

    internal void MarkUnreadable(uint address, int count) => SetUnits(address, count, UnitUnreadable);

    internal void Overwrite(uint address, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_bytes.AsSpan((int)address));
        if (!HasEcc || bytes.IsEmpty)
        {
            return;
        }

        int last = ((int)address + bytes.Length - 1) / _unitBytes;
        for (int unit = (int)address / _unitBytes; unit <= last; unit++)
        {
            bool isErased = !_bytes.AsSpan(unit * _unitBytes, _unitBytes).ContainsAnyExcept(StrictNorFlash.ErasedByte);
            SetUnits((uint)(unit * _unitBytes), _unitBytes, isErased ? UnitErased : UnitProgrammed);
        }
    }

    internal FlashSnapshot Snapshot() => Copy().ToSnapshot();

    /// <summary>A snapshot that takes these cells over; they must not be used again.</summary>
    internal FlashSnapshot ToSnapshot() => new(_geometry, _bytes, _unitStates, _sectorStates);

    internal NorCells Copy() => new(this);

    internal void Restore(FlashSnapshot snapshot)
    {
        if (snapshot.ContentBytes.Length != _bytes.Length
            || snapshot.UnitStates.Length != _unitStates.Length
            || snapshot.SectorStates.Length != _sectorStates.Length)
        {
            throw new ArgumentException($"The snapshot of {snapshot.Geometry} does not fit {_geometry}.");
        }

        snapshot.ContentBytes.CopyTo(_bytes, 0);
        snapshot.UnitStates.CopyTo(_unitStates, 0);
        snapshot.SectorStates.CopyTo(_sectorStates, 0);
        _unreadableCount = _unitStates.AsSpan().Count(UnitUnreadable);
        _tornEraseCount = _sectorStates.AsSpan().Count(SectorTornErase);
    }

    /// <summary>Sets the state of every unit that the range touches.</summary>
    void SetUnits(uint address, int count, byte state)
    {
        if (!HasEcc || count == 0)
        {
            return;
        }

        int first = (int)address / _unitBytes;
        int last = ((int)address + count - 1) / _unitBytes;
        Span<byte> units = _unitStates.AsSpan(first, last - first + 1);
        if (_unreadableCount > 0)
        {
            _unreadableCount -= units.Count(UnitUnreadable);
        }

        units.Fill(state);
        if (state == UnitUnreadable)
        {
            _unreadableCount += units.Length;
        }
    }
}
