using Twinbank.Core.Flash;

namespace Twinbank.Core.Journal;

/// <summary>
/// The append-only journal in flash (specs/journal.md section 1). One object owns the region; <see cref="Mount"/> comes
/// first and may be repeated at any time.
/// </summary>
public sealed class BootJournal
{
    /// <summary>Program units up to this size are supported: the largest of the known parts.</summary>
    const int PlaceBytesMax = 512;

    readonly FlashRegion _region;
    readonly byte[] _place = new byte[PlaceBytesMax];
    readonly byte[] _readBack = new byte[PlaceBytesMax];
    readonly JournalRecord _current = new JournalRecord();
    readonly JournalRecord _candidate = new JournalRecord();
    readonly uint _placeBytes;
    readonly uint _halfBytes;
    readonly int _placesPerHalf;
    int _newestHalf;
    int _newestPlace;
    int _writeHalf;
    int _nextPlace;
    bool _hasRecord;

    /// <summary>A journal in a region of an even number of sectors.</summary>
    public BootJournal(FlashRegion region)
    {
        _region = region;
        uint unit = region.ProgramUnitBytes;
        _placeBytes = unit > JournalRecord.SizeBytes ? unit : JournalRecord.SizeBytes;
        _halfBytes = region.SizeBytes / 2;
        _placesPerHalf = (int)(_halfBytes / _placeBytes);
    }

    /// <summary>True when a valid record was found or appended.</summary>
    public bool HasRecord => _hasRecord;

    /// <summary>The state in force. Meaningful only with <see cref="HasRecord"/>; never changed by callers.</summary>
    public JournalRecord Current => _current;

    /// <summary>Places of both halves together: the upper bound for <see cref="TryReadBack"/>.</summary>
    public int PlaceCount => 2 * _placesPerHalf;

    /// <summary>
    /// Finds the newest valid record. Gives Ok (also for an empty or unreadable journal: then
    /// <see cref="HasRecord"/> is false), or WrongGeometry.
    /// </summary>
    public Status Mount()
    {
        _hasRecord = false;
        _newestHalf = 1;
        _newestPlace = 0;
        if (_placeBytes > PlaceBytesMax || _region.SizeBytes % (2 * _region.SectorBytes) != 0 || _placesPerHalf == 0
            || _region.Check() != Status.Ok)
        {
            return Status.WrongGeometry;
        }

        for (int half = 0; half < 2; half++)
        {
            for (int place = 0; place < _placesPerHalf; place++)
            {
                if (ReadPlace(half, place, _candidate) == Status.Ok
                    && (!_hasRecord || _candidate.Sequence > _current.Sequence))
                {
                    _current.CopyFrom(_candidate);
                    _hasRecord = true;
                    _newestHalf = half;
                    _newestPlace = place;
                }
            }
        }

        // Without a record nothing is known about either half: the first append erases both and starts in half 0.
        _writeHalf = _newestHalf;
        _nextPlace = _hasRecord ? FirstErasedTail(_newestHalf) : _placesPerHalf;
        return Status.Ok;
    }

    /// <summary>
    /// Makes the record the state in force; its sequence number is set here. The commit is the one program operation
    /// that completes the record: power loss before its end leaves the former record in force, after it the new one.
    /// Gives Ok, NoSpace when no place takes it or the sequence numbers are used up, or why flash could not be erased.
    /// </summary>
    public Status Append(JournalRecord record)
    {
        if (_hasRecord && _current.Sequence >= JournalRecord.SequenceMax)
        {
            return Status.NoSpace;
        }

        record.Sequence = _hasRecord ? _current.Sequence + 1 : 1;
        if (!_hasRecord)
        {
            // Old records that could not be read for a moment have higher numbers and would win later. A half that
            // cannot be erased is left as it is: the device needs a journal more than it needs to forget.
            _newestHalf = 1;
            EraseHalf(1);
            _nextPlace = _placesPerHalf;
        }

        Status status = TryAppendInHalf(record);
        if (status == Status.NoSpace)
        {
            status = StartOtherHalf();
            if (status == Status.Ok)
            {
                status = TryAppendInHalf(record);
            }
        }

        return status;
    }

    /// <summary>
    /// Reads the record <paramref name="age"/> places before the newest (0: the newest itself), across both halves.
    /// Gives Ok, NotFound past the oldest, or the reason why that place holds no record.
    /// </summary>
    public Status TryReadBack(int age, JournalRecord record)
    {
        if (!_hasRecord || age < 0 || age > _newestPlace + _placesPerHalf)
        {
            return Status.NotFound;
        }

        int place = _newestPlace - age;
        Status status = place >= 0
            ? ReadPlace(_newestHalf, place, record)
            : ReadPlace(1 - _newestHalf, place + _placesPerHalf, record);

        // What a torn erase left behind in the other half is not history.
        return status == Status.Ok && record.Sequence > _current.Sequence - (uint)age ? Status.BadField : status;
    }

    Status TryAppendInHalf(JournalRecord record)
    {
        Bytes.Fill(_place, 0, (int)_placeBytes, 0xFF);
        record.Write(_place, 0);
        while (_nextPlace < _placesPerHalf)
        {
            int place = _nextPlace;
            _nextPlace++;
            uint offset = OffsetOf(_writeHalf, place);
            Status status = _region.Program(offset, _place, 0, (int)_placeBytes);
            if (status == Status.Ok)
            {
                status = _region.Read(offset, _readBack, 0, (int)_placeBytes);
            }

            // A place that cannot take the record (worn, or torn so that it only looked erased) is stepped over.
            if (status == Status.Ok && Bytes.Equal(_place, 0, _readBack, 0, (int)_placeBytes))
            {
                _current.CopyFrom(record);
                _hasRecord = true;
                _newestHalf = _writeHalf;
                _newestPlace = place;
                return Status.Ok;
            }
        }

        return Status.NoSpace;
    }

    // Never the half with the newest record, however often appending fails: power loss anywhere in here, or a half that
    // is worn out, leaves the state in force where it is.
    Status StartOtherHalf()
    {
        int other = 1 - _newestHalf;
        Status status = EraseHalf(other);
        if (status == Status.Ok)
        {
            _writeHalf = other;
            _nextPlace = 0;
        }

        return status;
    }

    Status EraseHalf(int half)
    {
        for (uint offset = 0; offset < _halfBytes; offset += _region.SectorBytes)
        {
            Status status = _region.EraseSector(((uint)half * _halfBytes) + offset);
            if (status != Status.Ok)
            {
                return status;
            }
        }

        return Status.Ok;
    }

    Status ReadPlace(int half, int place, JournalRecord record)
    {
        Status status = _region.Read(OffsetOf(half, place), _readBack, 0, JournalRecord.SizeBytes);
        return status == Status.Ok ? record.Read(_readBack, 0) : status;
    }

    int FirstErasedTail(int half)
    {
        int place = _placesPerHalf;
        while (place > 0)
        {
            Status status = _region.Read(OffsetOf(half, place - 1), _readBack, 0, (int)_placeBytes);
            if (status != Status.Ok || !Bytes.AllAre(_readBack, 0, (int)_placeBytes, 0xFF))
            {
                return place;
            }

            place--;
        }

        return 0;
    }

    uint OffsetOf(int half, int place) => ((uint)half * _halfBytes) + ((uint)place * _placeBytes);
}
