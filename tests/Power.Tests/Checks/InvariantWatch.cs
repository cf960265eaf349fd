using Twinbank.Power.Tests.Worlds;
using Twinbank.Simulation.Boards;
using Twinbank.Simulation.Flash;

namespace Twinbank.Power.Tests.Checks;

/// <summary>
/// Looks over the shoulder of a running story and notes every broken invariant. It believes nothing but the bytes in
/// the flash, which it reads with its own readers.
/// </summary>
internal sealed class InvariantWatch(SweepWorld world, StrictNorFlash flash)
{
    const int FindingsMax = 20;

    readonly List<Finding> _findings = [];
    JournalView _lifeStart;
    JournalView _inForce;
    int _readAtOperation;

    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>The record in force right now.</summary>
    public JournalView InForce
    {
        get
        {
            // Nothing but an operation changes the flash.
            if (_readAtOperation != flash.Power.OperationCount)
            {
                _inForce = JournalView.Read(world.Geometry, flash.Contents);
                _readAtOperation = flash.Power.OperationCount;
            }

            return _inForce;
        }
    }

    /// <summary>Set while the journal takes no records: then the image on the way back may run without one.</summary>
    public bool JournalIsWorn { get; set; }

    public void Begin()
    {
        _findings.Clear();
        flash.ClearViolations();
        _readAtOperation = -1;
    }

    public void BeginLife() => _lifeStart = InForce;

    public void Note(Invariant invariant, string text)
    {
        if (_findings.Count < FindingsMax)
        {
            _findings.Add(new Finding(invariant, text));
        }
    }

    /// <summary>Whether the operation may happen at all; called before it does.</summary>
    public void CheckOperation(PendingOperation pending)
    {
        FlashOperation operation = pending.Operation;
        SweepGeometry geometry = world.Geometry;
        JournalView before = InForce;
        if (IsInside(operation, geometry.JournalAddress, geometry.JournalBytes))
        {
            CheckJournalOperation(operation, before);
            return;
        }

        for (int slot = 0; slot < 3; slot++)
        {
            if (IsInside(operation, geometry.SlotAddress(slot), geometry.SlotBytes))
            {
                CheckSlotOperation(operation, slot, before);
                return;
            }
        }

        Note(Invariant.I7StaysInside, $"{operation} outside every region");
    }

    /// <summary>Whether the boot stage started the right thing, and noted a trial before it.</summary>
    /// <returns>The image that runs, or null when what runs is none.</returns>
    public SweepImage? CheckLaunch(ApplicationContext context)
    {
        int slot = (int)context.Image.SlotNumber;
        SweepImage? image = world.SignedImageIn(flash.Contents, slot);
        if (image is null)
        {
            Note(Invariant.I3OnlyVerifiedRuns, $"slot {slot} was started and holds no image");
        }

        JournalView now = InForce;
        bool isWayBack = JournalIsWorn && now.IsTrial && now.PreviousSlot == slot && !context.Image.IsTrial;
        if (!isWayBack && (now.ActiveSlot != slot || now.IsTrial != context.Image.IsTrial))
        {
            Note(Invariant.I3OnlyVerifiedRuns, $"slot {slot} was started against the journal: {now}");
        }

        bool isNoted = now.Event == JournalView.EventAttempt && now.Sequence > _lifeStart.Sequence;
        bool isCounted = !_lifeStart.IsTrial || now.BootsLeft < _lifeStart.BootsLeft;
        if (context.Image.IsTrial && !(isNoted && isCounted))
        {
            Note(Invariant.I4TrialsEnd, $"a trial was started without its attempt in the journal: {now}");
        }

        CheckChoice(slot);
        return image;
    }

    /// <summary>Whether the flash rules were kept.</summary>
    public void CheckRules()
    {
        foreach (FlashRuleViolation violation in flash.Violations)
        {
            Note(Invariant.I7StaysInside, violation.ToString());
        }
    }

    // The decision once more, in a few lines and from the record that was in force when the power came.
    void CheckChoice(int slot)
    {
        if (_lifeStart.Sequence == 0)
        {
            return;
        }

        bool runsActive = !_lifeStart.IsTrial || _lifeStart.BootsLeft > 0;
        int expected = runsActive ? _lifeStart.ActiveSlot : _lifeStart.PreviousSlot;
        if (slot != expected)
        {
            Note(Invariant.I1AlwaysBoots, $"slot {slot} was started where {expected} was due: {_lifeStart}");
        }
    }

    void CheckJournalOperation(FlashOperation operation, JournalView before)
    {
        uint half = (operation.Address - world.Geometry.JournalAddress) / (world.Geometry.JournalBytes / 2);
        if (operation.Kind == FlashOperationKind.Erase && before.Sequence > 0 && half == before.Half)
        {
            Note(Invariant.I1AlwaysBoots, $"{operation} erases the record in force");
        }
    }

    void CheckSlotOperation(FlashOperation operation, int slot, JournalView before)
    {
        if (slot == 2)
        {
            Note(Invariant.I6GoldenUntouched, $"{operation} in golden");
        }
        else if (before.Sequence == 0 || slot == before.ActiveSlot || slot == before.PreviousSlot)
        {
            // The previous image is promised, too, until a record gives it up.
            Note(Invariant.I2ConfirmedUntouched, $"{operation} in slot {slot} while the journal says {before}");
        }
    }

    static bool IsInside(FlashOperation operation, uint address, uint sizeBytes)
        => operation.Address >= address && operation.Address + (uint)operation.Count <= address + sizeBytes;
}
