using Twinbank.Core;
using Twinbank.Core.Decide;
using Twinbank.Core.Install;
using Twinbank.Core.Journal;
using Twinbank.Core.Slots;

namespace Twinbank.Boot;

/// <summary>
/// From reset to a running image. It gathers facts, asks <see cref="BootDecision"/>, does the one step that came out
/// and
/// asks again; every step that changes anything commits with one journal record, so it may be cut off anywhere.
/// </summary>
public sealed class BootStage : BootServices
{
    readonly BootPlatform _platform;
    readonly DeviceStorage _storage;
    readonly ImageControl _control;
    readonly AgentService _agent;
    readonly ImageLauncher _launcher;
    readonly BootFacts _facts = new BootFacts();
    readonly StoredImage _image;
    readonly JournalRecord _next = new JournalRecord();
    readonly ImageOrder _order = new ImageOrder();
    readonly AutomaticPromotion _promotion;
    Status _lastFound;

    public BootStage(BootPlatform platform, DeviceStorage storage, ImageControl control, AgentService agent)
    {
        _platform = platform;
        _storage = storage;
        _control = control;
        _agent = agent;
        _image = storage.CreateLaunchReader();
        _launcher = new ImageLauncher(platform, storage);
        _promotion = new AutomaticPromotion(platform, agent);
    }

    /// <summary>True while no image runs and the boot stage itself answers the link.</summary>
    public bool IsInRecovery { get; private set; }

    /// <summary>
    /// Boots. On a board this does not return; in a simulation it returns when <see cref="BootPlatform.Launch"/> or
    /// <see cref="BootPlatform.Reset"/> does.
    /// </summary>
    public void Run()
    {
        _storage.NothingBootable = false;
        IsInRecovery = false;
        _storage.Journal.Mount();
        PreviousLife.Note(_platform, _storage, _next);
        if (!_storage.Journal.HasRecord)
        {
            _facts.NewestGenerations[0] = _storage.NewestGeneration(_storage.SlotA);
            _facts.NewestGenerations[1] = _storage.NewestGeneration(_storage.SlotB);
        }

        _facts.RecoveryRequested = ServeRecoveryWindow();
        for (int i = 0; i < BootPolicy.DecisionsMax; i++)
        {
            TakeFacts();
            BootAction action = BootDecision.Decide(_facts);
            if (action.Kind is BootActionKind.Run or BootActionKind.RunTrial)
            {
                if (Start(action, action.Kind == BootActionKind.RunTrial))
                {
                    return;
                }
            }
            else if (action.Kind == BootActionKind.Recover)
            {
                break;
            }
            else if (Apply(action) != Status.Ok)
            {
                // The journal takes no record any more. The image on the way back was verified and needs none.
                if (action.Kind is BootActionKind.Revert or BootActionKind.FallBack && Start(action, trial: false))
                {
                    return;
                }

                break;
            }
        }

        Recover();
    }

    /// <summary>
    /// One turn of the service loop while an application runs: answers the link, feeds the watchdog, ends an overdue
    /// trial. Gives Ok; does not return when the board has to reset.
    /// </summary>
    public override Status Poll()
    {
        LaunchImage image = _launcher.Image;
        _agent.Serve();
        if (_agent.ResetRequested)
        {
            _platform.Reset(ResetCause.Requested);
            return Status.Ok;
        }

        if (!image.IsTrial)
        {
            _promotion.Poll();
            return Status.Ok;
        }

        if (_storage.Journal.Current.State == JournalState.Confirmed)
        {
            EndSupervision();
        }
        else if (IsOverdue(image.DeadlineMilliseconds))
        {
            // Even when the record cannot be written, the reset ends this life, and the boots granted are counted.
            _control.EndTrial(FailureReason.Deadline, (byte)_platform.ResetCause);
            _platform.Reset(ResetCause.Requested);
        }
        else
        {
            _platform.FeedWatchdog();
        }

        return Status.Ok;
    }

    /// <summary>
    /// The application says that it is healthy. NeedMoreData before the probation has passed: not yet, and nothing is
    /// written; the application goes on and asks again.
    /// </summary>
    public override Status Confirm()
    {
        LaunchImage image = _launcher.Image;
        uint deadline = image.DeadlineMilliseconds;
        uint start = deadline - (Probation.DeadlineSeconds(image.ProbationMilliseconds / 1000) * 1000);
        if (image.IsTrial && _platform.Milliseconds - start < image.ProbationMilliseconds)
        {
            return Status.NeedMoreData;
        }

        // What runs without a record on a worn journal is not the trial that this would confirm.
        if (!image.IsTrial && _storage.Journal.Current.State == JournalState.Trial)
        {
            return Status.Ok;
        }

        Status status = _control.Confirm();
        if (status == Status.Ok)
        {
            EndSupervision();
        }

        return status;
    }

    void EndSupervision()
    {
        if (_launcher.Image.IsTrial)
        {
            _launcher.Image.IsTrial = false;
            _platform.ArmWatchdog(0);
        }

        _platform.FeedWatchdog();
    }

    void TakeFacts()
    {
        _facts.WatchdogReset = _platform.ResetCause == ResetCause.Watchdog;
        if (_storage.Journal.HasRecord)
        {
            _facts.TakeRecord(_storage.Journal.Current);
        }
    }

    Status Apply(BootAction action)
    {
        if (action.Kind == BootActionKind.CheckSlot)
        {
            CheckSlot(action.Slot, action.Generation);
            return Status.Ok;
        }

        Status status = _storage.Verify(action.Slot, action.Generation, _image);
        if (status != Status.Ok)
        {
            // Good a moment ago: the flash reads differently each time. Take it as bad and decide again.
            _facts.SetVerdict(action.Slot, action.Generation, SlotVerdict.Bad);
            return Status.Ok;
        }

        return Append(action);
    }

    Status Append(BootAction action)
    {
        JournalRecord current = _storage.Journal.Current;
        byte cause = (byte)_platform.ResetCause;
        Status status = Status.Ok;
        switch (action.Kind)
        {
            case BootActionKind.Revert:
                Status found = action.Reason == FailureReason.Corrupt ? _lastFound : Status.Ok;
                status = JournalTransitions.Reverted(current, action.Reason, found, cause, _next);
                break;
            case BootActionKind.FallBack:
                status = JournalTransitions.FellBack(
                    current, action.Slot, action.Generation, _image.ManifestDigest, _lastFound, cause, _next);
                break;
            case BootActionKind.RebuildConfirmed:
                Rebuild(action.Slot, action.Generation);
                break;
            default:
                status = RebuildTrial(action.Slot, action.Generation);
                break;
        }

        return status == Status.Ok ? _storage.Journal.Append(_next) : status;
    }

    // The image object holds one slot at a time: first the older one becomes the record, then the newer one its trial.
    Status RebuildTrial(SlotId newer, ushort generation)
    {
        SlotId older = newer == SlotId.A ? SlotId.B : SlotId.A;
        ushort olderGeneration = BootDecision.CandidateOf(_facts, older);
        if (_facts.VerdictOf(older, olderGeneration) != SlotVerdict.Good)
        {
            older = newer;
            olderGeneration = 0;
        }

        Status status = _storage.Verify(older, olderGeneration, _image);
        if (status != Status.Ok)
        {
            return status;
        }

        Rebuild(older, olderGeneration);
        status = _storage.Verify(newer, generation, _image);
        if (status == Status.Ok)
        {
            JournalTransitions.RebuiltAsTrial(
                newer, generation, _image.ManifestDigest, Probation.Boots(_image.Manifest, _storage.Identity),
                Probation.Seconds(_image.Manifest, _storage.Identity), _next);
        }

        return status;
    }

    void Rebuild(SlotId slot, ushort generation)
        => JournalTransitions.Rebuilt(
            slot, generation, _image.ManifestDigest, _image.Manifest.SecurityCounter, _next);

    void CheckSlot(SlotId slot, ushort generation)
    {
        Status status = _storage.Verify(slot, generation, _image);
        if (status == Status.Ok && !IsTheImageOfTheJournal(slot, generation))
        {
            status = Status.WrongState;
        }

        if (status == Status.Ok && !_storage.Journal.HasRecord)
        {
            _order.Note(slot, _image.Manifest);
            _facts.SlotBIsNewer = _order.SlotBIsNewer;
        }

        if (status != Status.Ok)
        {
            _lastFound = status;
        }

        _facts.SetVerdict(slot, generation, status == Status.Ok ? SlotVerdict.Good : SlotVerdict.Bad);
    }

    // A slot that was overwritten behind the journal's back holds a valid image, but not the one that was confirmed.
    bool IsTheImageOfTheJournal(SlotId slot, ushort generation)
    {
        if (!_storage.Journal.HasRecord)
        {
            return true;
        }

        JournalRecord current = _storage.Journal.Current;
        byte[]? expected = slot == current.ActiveSlot && generation == current.ActiveGeneration ? current.ActiveDigest
            : slot == current.PreviousSlot && generation == current.PreviousGeneration ? current.PreviousDigest
            : null;
        return expected == null
            || Bytes.AllAre(expected, 0, JournalRecord.DigestPrefixBytes, 0)
            || Bytes.Equal(expected, 0, _image.ManifestDigest, 0, JournalRecord.DigestPrefixBytes);
    }

    // True when the image was started (and, in a simulation, came back).
    bool Start(BootAction action, bool trial)
    {
        Slot? slot = _storage.FindSlot(action.Slot);
        Status status = slot == null ? Status.NotFound : _image.Load(slot, action.Generation);
        if (status == Status.Ok)
        {
            status = _launcher.Prepare(_image);
        }

        if (status != Status.Ok)
        {
            _lastFound = status;
            _facts.SetVerdict(action.Slot, action.Generation, SlotVerdict.Bad);
            return false;
        }

        if (trial)
        {
            // The attempt is in flash before the watchdog runs and before the jump: power loss from here on has cost a
            // boot, whatever the image does. When it cannot be written, the trial would never end, so it does not
            // start.
            status = JournalTransitions.Attempt(_storage.Journal.Current, _next);
            if (status != Status.Ok || _storage.Journal.Append(_next) != Status.Ok)
            {
                _facts.SetVerdict(action.Slot, action.Generation, SlotVerdict.Bad);
                _lastFound = Status.ProgramFailed;
                return false;
            }
        }

        _launcher.SetTrial(_storage.Journal.Current, trial);
        if (trial && _platform.WatchdogMillisecondsMax > 0)
        {
            uint longest = _platform.WatchdogMillisecondsMax;
            uint wanted = BootPolicy.WatchdogMilliseconds;
            _platform.ArmWatchdog(wanted < longest ? wanted : longest);
        }

        _promotion.NoteLaunch(_image.Manifest, _image.ManifestDigest);
        _agent.NoteLaunch(_launcher.Image.SlotNumber, _launcher.Image.Generation);
        _platform.Launch(_launcher.Image, this);
        return true;
    }

    // After a reset that nobody at the power switch caused, a tool gets a moment to stop an application that dies at
    // once.
    bool ServeRecoveryWindow()
    {
        if (_platform.ResetCause is not (ResetCause.Fault or ResetCause.Watchdog))
        {
            return false;
        }

        uint start = _platform.Milliseconds;
        while (_platform.Milliseconds - start < BootPolicy.RecoveryWindowMilliseconds)
        {
            if (_agent.Serve())
            {
                return !_agent.ResetRequested;
            }

            _platform.Idle();
        }

        return false;
    }

    void Recover()
    {
        IsInRecovery = true;
        _storage.NothingBootable = !_facts.RecoveryRequested;
        while (!_agent.ResetRequested)
        {
            _platform.FeedWatchdog();
            if (!_agent.Serve())
            {
                _platform.Idle();
            }

            if (_platform.IsStopped)
            {
                return;
            }
        }

        _platform.Reset(ResetCause.Requested);
    }

    bool IsOverdue(uint deadlineMilliseconds)
        => deadlineMilliseconds != 0 && (int)(_platform.Milliseconds - deadlineMilliseconds) >= 0;
}
