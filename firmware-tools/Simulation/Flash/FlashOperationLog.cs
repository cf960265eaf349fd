namespace Twinbank.Simulation.Flash;

/// <summary>
/// The last operations of one flash part, oldest first when read. Costs nothing while its capacity is 0.
/// </summary>
public sealed class FlashOperationLog
{
    readonly FlashOperation[] _entries;
    long _addedCount;

    /// <summary>A log that keeps the last <paramref name="capacity"/> operations; 0 keeps none.</summary>
    public FlashOperationLog(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        _entries = new FlashOperation[capacity];
    }

    /// <summary>Operations ever added, also those that were dropped since.</summary>
    public long AddedCount => _addedCount;

    /// <summary>The kept operations, oldest first.</summary>
    public IReadOnlyList<FlashOperation> Entries
    {
        get
        {
            int kept = (int)Math.Min(_addedCount, _entries.Length);
            var entries = new FlashOperation[kept];
            for (int index = 0; index < kept; index++)
            {
                entries[index] = _entries[(_addedCount - kept + index) % _entries.Length];
            }

            return entries;
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => _addedCount = 0;

    internal void Add(in FlashOperation operation)
    {
        if (_entries.Length > 0)
        {
            _entries[_addedCount % _entries.Length] = operation;
        }

        _addedCount++;
    }
}
