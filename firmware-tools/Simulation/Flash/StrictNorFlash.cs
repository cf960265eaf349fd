using Twinbank.Core;
using Twinbank.Core.Flash;
using Twinbank.Simulation.Power;
using Twinbank.Simulation.Time;

namespace Twinbank.Simulation.Flash;

/// <summary>
/// A NOR flash part in memory that is stricter than hardware: whatever a real part would quietly do wrong is refused
/// and recorded in <see cref="Violations"/>. Faults are injected by name through <see cref="Faults"/> and the
/// <see cref="PowerSupply"/>. Not safe for several threads.
/// </summary>
public sealed class StrictNorFlash : FlashDevice
{
    /// <summary>Value of an erased byte.</summary>
    public const byte ErasedByte = 0xFF;

    // A broken caller in a loop must not eat the memory; the first violations tell the story.
    const int ViolationCountMax = 1000;

    readonly PowerSupply _power;
    readonly SimulatedClock? _clock;
    readonly NorCells _cells;
    readonly List<FlashRuleViolation> _violations = [];

    /// <summary>An erased part.</summary>
    /// <param name="geometry">Sectors and program unit.</param>
    /// <param name="power">Shared by all parts of a board; without it the part has its own.</param>
    /// <param name="clock">Moves on by <see cref="Timing"/> with each operation, if given.</param>
    /// <param name="logCapacity">Operations that <see cref="Log"/> keeps.</param>
    public StrictNorFlash(
        NorGeometry geometry, PowerSupply? power = null, SimulatedClock? clock = null, int logCapacity = 0)
    {
        Geometry = geometry;
        _power = power ?? new PowerSupply();
        _clock = clock;
        _cells = new NorCells(geometry);
        Faults = new FlashFaults(geometry);
        Counters = new FlashCounters(geometry.SectorCount);
        Log = new FlashOperationLog(logCapacity);
    }

    public NorGeometry Geometry { get; }

    public PowerSupply Power => _power;

    /// <summary>Stuck sectors, read errors and slow operations that are in force.</summary>
    public FlashFaults Faults { get; }

    public FlashCounters Counters { get; }

    public FlashOperationLog Log { get; }

    /// <summary>Time of each operation on the clock.</summary>
    public FlashTiming Timing { get; set; } = FlashTiming.Instant;

    /// <summary>
    /// Broken rules since the part was made or <see cref="ClearViolations"/>; at most the first 1000.
    /// </summary>
    public IReadOnlyList<FlashRuleViolation> Violations => _violations;

    /// <summary>The bytes without any fault, for assertions.</summary>
    public ReadOnlySpan<byte> Contents => _cells.Bytes;

    /// <summary>Looks at each operation before it happens; none unless set.</summary>
    public OperationObserver? Observer { get; set; }

    /// <summary>Told of every range whose contents may have changed: address and count.</summary>
    internal Action<uint, int>? Changed { get; set; }

    public override uint SizeBytes => Geometry.SizeBytes;

    public override uint ProgramUnitBytes => Geometry.ProgramUnitBytes;

    public override bool UnitsAreWriteOnce => Geometry.UnitsAreWriteOnce;

    /// <inheritdoc/>
    /// <remarks>An address outside the part gives the size of the last sector.</remarks>
    public override uint SectorBytesAt(uint address)
        => Geometry.SectorAt(Math.Min(address, Geometry.SizeBytes - 1)).Bytes;

    public override Status Read(uint address, byte[] buffer, int offset, int count)
    {
        _power.ThrowIfOff();
        var operation = new FlashOperation(FlashOperationKind.Read, address, count, Status.Ok);
        if (!IsInBounds(address, buffer, offset, count))
        {
            return Violate(FlashRule.StaysInBounds, operation, address, Status.OutOfRange);
        }

        Counters.ReadCalls++;
        Counters.ReadBytes += count;
        Spend(Timing.ReadTimePerByte * count);
        if (Faults.FailsRead(address, count) || _cells.AnyUnreadable(address, count))
        {
            Log.Add(operation with { Result = Status.ReadFailed });
            return Status.ReadFailed;
        }

        _cells.Bytes.Slice((int)address, count).CopyTo(buffer.AsSpan(offset));
        Log.Add(operation);
        return Status.Ok;
    }

    public override Status Program(uint address, byte[] data, int offset, int count)
    {
        _power.ThrowIfOff();
        var operation = new FlashOperation(FlashOperationKind.Program, address, count, Status.Ok);
        Status refusal = RefuseProgram(operation, data, offset);
        if (refusal != Status.Ok || count == 0)
        {
            return refusal;
        }

        ReadOnlySpan<byte> bytes = data.AsSpan(offset, count);
        Observer?.Invoke(new PendingOperation(_cells, operation, -1, bytes));
        if (_power.TakesHit(out PowerCut cut))
        {
            if (!Faults.BlocksProgram(address, count))
            {
                TornOperations.Program(_cells, address, bytes, cut);
            }

            LosePower(operation with { Result = Status.ProgramFailed }, cut);
        }

        Counters.ProgramCalls++;
        Spend(Timing.ProgramTimePerByte * count);
        return ProgramUnlessStuck(operation, bytes);
    }

    public override Status EraseSector(uint address)
    {
        _power.ThrowIfOff();
        var operation = new FlashOperation(FlashOperationKind.Erase, address, 0, Status.Ok);
        if (address >= SizeBytes)
        {
            return Violate(FlashRule.StaysInBounds, operation, address, Status.OutOfRange);
        }

        (int index, uint start, uint sectorBytes) = Geometry.SectorAt(address);
        operation = operation with { Count = (int)sectorBytes };
        if (start != address)
        {
            return Violate(FlashRule.IsAligned, operation, address, Status.Misaligned);
        }

        Observer?.Invoke(new PendingOperation(_cells, operation, index, default));
        if (_power.TakesHit(out PowerCut cut))
        {
            if (!Faults.BlocksErase(index))
            {
                TornOperations.Erase(_cells, index, address, (int)sectorBytes, cut);
            }

            LosePower(operation with { Result = Status.EraseFailed }, cut);
        }

        Counters.CountErase(index);
        Spend(Timing.EraseTime);
        return EraseUnlessStuck(operation, index);
    }

    /// <summary>Turns one bit over, as charge loss or a read disturb does. The part is not told.</summary>
    /// <param name="address">Byte of the part.</param>
    /// <param name="bit">0 (least significant) to 7.</param>
    public void FlipBit(uint address, int bit)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(address, SizeBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)bit, 7u, nameof(bit));
        _cells.MutableBytes[(int)address] ^= (byte)(1 << bit);
        Changed?.Invoke(address, 1);
    }

    /// <summary>
    /// Puts bytes there as a factory programmer does, without rules, faults or counters. A touched unit counts as
    /// programmed unless all of it is erased bytes.
    /// </summary>
    public void Preload(uint address, ReadOnlySpan<byte> bytes)
    {
        _cells.Overwrite(address, bytes);
        Changed?.Invoke(address, bytes.Length);
    }

    /// <summary>What the part keeps without power. Faults, counters, log and violations are not part of it.</summary>
    public FlashSnapshot Snapshot() => _cells.Snapshot();

    /// <summary>Back to the snapshot's contents. Violations and counters stay as they are.</summary>
    /// <exception cref="ArgumentException">The snapshot is of another geometry.</exception>
    public void Restore(FlashSnapshot snapshot)
    {
        _cells.Restore(snapshot);
        Changed?.Invoke(0, (int)SizeBytes);
    }

    /// <summary>Forgets the recorded violations.</summary>
    public void ClearViolations() => _violations.Clear();

    Status RefuseProgram(FlashOperation operation, byte[] data, int offset)
    {
        uint address = operation.Address;
        int count = operation.Count;
        if (!IsInBounds(address, data, offset, count))
        {
            return Violate(FlashRule.StaysInBounds, operation, address, Status.OutOfRange);
        }

        if (address % ProgramUnitBytes != 0 || (uint)count % ProgramUnitBytes != 0)
        {
            return Violate(FlashRule.IsAligned, operation, address, Status.Misaligned);
        }

        if (_cells.FindTornErase(address, count, out uint torn))
        {
            return Violate(FlashRule.RepeatsTornErases, operation, torn, Status.NotErased);
        }

        if (_cells.FindProgrammedUnit(address, count, out uint programmed))
        {
            return Violate(FlashRule.ProgramsWriteOnceUnitsOnce, operation, programmed, Status.NotErased);
        }

        return _cells.FindBitToSet(address, data.AsSpan(offset, count), out uint raised)
            ? Violate(FlashRule.OnlyClearsBits, operation, raised, Status.NotErased)
            : Status.Ok;
    }

    Status ProgramUnlessStuck(FlashOperation operation, ReadOnlySpan<byte> bytes)
    {
        SectorFault fault = Faults.OfRange(operation.Address, operation.Count);
        Status result = fault.HasFlag(SectorFault.WriteProtected) ? Status.WriteProtected
            : fault.HasFlag(SectorFault.ProgramFails) ? Status.ProgramFailed
            : Faults.TimesOut(Timing.ProgramTimePerByte * operation.Count) ? Status.Timeout
            : Status.Ok;
        if (result == Status.Ok && !Faults.BlocksProgram(operation.Address, operation.Count))
        {
            _cells.Program(operation.Address, bytes);
            Changed?.Invoke(operation.Address, operation.Count);
            Counters.ProgrammedBytes += operation.Count;
        }

        Log.Add(operation with { Result = result });
        return result;
    }

    Status EraseUnlessStuck(FlashOperation operation, int sectorIndex)
    {
        SectorFault fault = Faults.OfSector(sectorIndex);
        bool isRefused = fault.HasFlag(SectorFault.WriteProtected) || fault.HasFlag(SectorFault.EraseFails);
        Status result = isRefused ? Status.EraseFailed
            : Faults.TimesOut(Timing.EraseTime) ? Status.Timeout
            : Status.Ok;
        if (result == Status.Ok && !Faults.BlocksErase(sectorIndex))
        {
            _cells.Erase(sectorIndex, operation.Address, operation.Count);
            Changed?.Invoke(operation.Address, operation.Count);
        }

        Log.Add(operation with { Result = result });
        return result;
    }

    Status Violate(FlashRule rule, FlashOperation operation, uint address, Status result)
    {
        FlashOperation refused = operation with { Result = result };
        Log.Add(refused);
        if (_violations.Count < ViolationCountMax)
        {
            _violations.Add(new FlashRuleViolation(rule, refused, address));
        }

        return result;
    }

    void LosePower(FlashOperation operation, PowerCut cut)
    {
        Log.Add(operation);
        Changed?.Invoke(operation.Address, operation.Count);
        _power.Lose();
        throw new PowerCutException($"The power was cut by {cut} at {operation}.");
    }

    void Spend(TimeSpan time)
    {
        TimeSpan spent = time * Faults.SlowdownFactor;
        if (_clock is not null && spent > TimeSpan.Zero)
        {
            _clock.Advance(spent);
        }
    }

    bool IsInBounds(uint address, byte[] buffer, int offset, int count)
        => count >= 0 && offset >= 0 && offset <= buffer.Length && count <= buffer.Length - offset
            && address <= SizeBytes && (uint)count <= SizeBytes - address;
}
