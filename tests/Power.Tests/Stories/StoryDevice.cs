using Twinbank.Boards;
using Twinbank.Boot;
using Twinbank.Core;
using Twinbank.Core.Flash;
using Twinbank.Core.Install;
using Twinbank.Core.Slots;
using Twinbank.Core.Trust;
using Twinbank.Power.Tests.Checks;
using Twinbank.Power.Tests.Worlds;
using Twinbank.Simulation.Boards;
using Twinbank.Simulation.Flash;
using Twinbank.Simulation.Power;
using Twinbank.Simulation.Time;

namespace Twinbank.Power.Tests.Stories;

/// <summary>
/// A board that lives one story from any state of its flash: it boots, tries, confirms and updates itself until version
/// 3 is confirmed. What it does next depends on nothing but its flash, as on a real device that lost its power. Used by
/// one thread.
/// </summary>
internal sealed class StoryDevice
{
    // An odd number, so that pieces of the container end anywhere in a block.
    const int PieceBytes = 301;

    // Three without a cut, a few more for the boots of a bad trial.
    const int LivesMaxWithoutCut = 12;

    // The life that is cut, and its part of the trial that is installed again because cuts used up its boots.
    const int LivesMaxPerCut = 3;

    readonly SweepWorld _world;
    readonly StoryVariant _variant;
    readonly StrictNorFlash _flash;
    readonly InvariantWatch _watch;
    readonly SimulatedBoard _board;
    OperationObserver? _observer;
    bool _isFinished;

    public StoryDevice(SweepWorld world, StoryVariant variant)
    {
        _world = world;
        _variant = variant;
        _flash = new StrictNorFlash(world.Part);
        _watch = new InvariantWatch(world, _flash);
        _flash.Observer = Observe;
        _board = new SimulatedBoard(DescribeHardware(), new SimulatedBoardOptions
        {
            Time = new SimulatedClock(),
            SerialLine = new RecordingConsole(),
            Keys = [new TrustedKey(1, SweepImage.PublicKey.Raw.ToArray())],
            NewDigest = variant.NewDigest,
            NewSignatureAlgorithms = () => [new CachedSignatures()],
            NewAgent = (_, _, _) => new QuietAgent(),
            Applications = Play,
            ScratchBytes = 512,
            TablesBytesMax = 2048,
            StopsWhenStuck = true,
        });
    }

    /// <summary>Operations of the last run, cut ones included.</summary>
    public int OperationCount { get; private set; }

    /// <summary>The record in force at this moment of a run.</summary>
    public JournalView InForce => _watch.InForce;

    /// <summary>Set while the test keeps the journal from taking records.</summary>
    public bool JournalIsWorn
    {
        get => _watch.JournalIsWorn;
        set => _watch.JournalIsWorn = value;
    }

    /// <summary>The part, to break it.</summary>
    public StrictNorFlash Flash => _flash;

    /// <summary>True when version 3 was confirmed in the last run.</summary>
    public bool IsFinished => _isFinished;

    /// <summary>The image that the last life started, or null.</summary>
    public SweepImage? LastLaunched { get; private set; }

    /// <summary>True when the boot stage stayed in the last life and answered the link.</summary>
    public bool IsInRecovery { get; private set; }

    /// <summary>Runs from a state to the end of the story.</summary>
    /// <param name="start">The flash when the power comes.</param>
    /// <param name="cuts">Losses of power on the way, each counted from the one before.</param>
    /// <param name="observer">Sees each operation before it happens.</param>
    /// <returns>The broken invariants.</returns>
    public IReadOnlyList<Finding> Run(
        FlashSnapshot start, IReadOnlyList<PowerCut> cuts, OperationObserver? observer = null)
    {
        _flash.Restore(start);
        _flash.Power.CancelCut();
        _observer = observer;
        _isFinished = false;
        _watch.Begin();
        _board.PowerCycle();
        int operationsBefore = _flash.Power.OperationCount;
        int cutsDone = 0;
        PlanNext(cuts, cutsDone);
        int livesMax = LivesMaxWithoutCut + (cuts.Count * LivesMaxPerCut);
        for (int life = 0; life < livesMax; life++)
        {
            _watch.BeginLife();
            _variant.BeginLife();
            LifeEnd end = RunLife();
            if (end == LifeEnd.PowerLost)
            {
                PlanNext(cuts, ++cutsDone);
            }
            else if (end == LifeEnd.Stopped)
            {
                break;
            }
        }

        OperationCount = _flash.Power.OperationCount - operationsBefore;
        CheckEnd();
        return [.. _watch.Findings];
    }

    LifeEnd RunLife()
    {
        LastLaunched = null;
        try
        {
            BoardLife life = _board.RunLife();
            IsInRecovery = life.IsInRecovery;
            return life.End;
        }
        catch (Exception exception) when (exception is not AssertFailedException)
        {
            _watch.Note(Invariant.I7StaysInside, $"the device's code threw {exception}");
            return LifeEnd.Stopped;
        }
    }

    void PlanNext(IReadOnlyList<PowerCut> cuts, int index)
    {
        if (index < cuts.Count)
        {
            _flash.Power.PlanCut(cuts[index]);
        }
    }

    void Observe(PendingOperation pending)
    {
        _watch.CheckOperation(pending);
        _observer?.Invoke(pending);
    }

    void CheckEnd()
    {
        _watch.CheckRules();
        JournalView end = _watch.InForce;
        if (_isFinished)
        {
            return;
        }

        Invariant broken = end.Sequence == 0 ? Invariant.I1AlwaysBoots : Invariant.I8NextUpdateToo;
        _watch.Note(broken, $"the story did not reach its end; the journal says {end}");
    }

    void Play(ApplicationContext context)
    {
        SweepImage? running = _watch.CheckLaunch(context);
        LastLaunched = running;
        _variant.AfterLaunch(context);
        if (running is null)
        {
            throw new BoardStoppedException();
        }

        Misbehave(context, running.Conduct);
        if (context.Image.IsTrial)
        {
            Confirm(context);
        }

        SweepImage? target = TargetAfter(running);
        if (target is null)
        {
            _isFinished = true;
            throw new BoardStoppedException();
        }

        Install(context, running, target);
        context.Reset();
    }

    static void Misbehave(ApplicationContext context, Conduct conduct)
    {
        if (conduct == Conduct.Faults)
        {
            context.Fault(FaultKind.DataAccess, 0xDEAD0000);
        }

        if (conduct == Conduct.Hangs)
        {
            context.Hang();
        }

        while (conduct == Conduct.NeverConfirms)
        {
            context.Services.Poll();
            context.Wait(TimeSpan.FromMilliseconds(500));
        }
    }

    void Confirm(ApplicationContext context)
    {
        context.Wait(TimeSpan.FromMilliseconds(context.Image.ProbationMilliseconds));
        Require(context.Services.Confirm(), Invariant.I4TrialsEnd, "confirming a trial");
    }

    SweepImage? TargetAfter(SweepImage running)
    {
        if (running == _world.Third)
        {
            return null;
        }

        if (running == _world.Second || (_world.Conduct != Conduct.Good && HasFailed(_world.Second)))
        {
            return _world.Third;
        }

        return _world.Second;
    }

    bool HasFailed(SweepImage image)
        => _watch.InForce.FailureReason != 0
            && _watch.InForce.FailedDigest == BitConverter.ToUInt64(image.Target.ManifestDigest);

    void Install(ApplicationContext context, SweepImage running, SweepImage target)
    {
        int slot = context.Image.SlotNumber == 0 ? 1 : 0;
        int heldBlocks = _world.HeldBlocks(target, _flash.Contents, slot);
        _variant.BeforeInstall(context, slot, InForce);
        var installer = new Installer(_board.Storage!, []);
        Require(installer.Begin(insist: true), Invariant.I8NextUpdateToo, "beginning an install");
        byte[] container = _world.ContainerOf(target, running);
        while (installer.Phase != InstallPhase.Complete)
        {
            int offset = (int)installer.NextOffset;
            int count = Math.Min(PieceBytes, container.Length - offset);
            Require(installer.Accept(container, offset, count), Invariant.I8NextUpdateToo, $"installing at {offset}");
        }

        if (installer.Counters.BlocksKept < heldBlocks)
        {
            _watch.Note(
                Invariant.I5Resumes,
                $"{installer.Counters.BlocksKept} blocks were kept of {heldBlocks} that were there");
        }

        if (_world.ImageIn(_flash.Contents, slot) != target)
        {
            _watch.Note(Invariant.I5Resumes, $"slot {slot} does not hold version {target.Version} bit for bit");
        }

        Require(
            _board.Control!.RequestTrial((SlotId)slot, 0, insist: true), Invariant.I8NextUpdateToo, "requesting a trial");
    }

    void Require(Status status, Invariant invariant, string what)
    {
        if (status != Status.Ok)
        {
            _watch.Note(invariant, $"{what} gave {status}; the journal says {_watch.InForce}");
            throw new BoardStoppedException();
        }
    }

    SimulatedHardware DescribeHardware()
    {
        SweepGeometry geometry = _world.Geometry;
        FlashDevice device = _variant.Wrap(_flash, geometry);
        var identity = new DeviceIdentity { HardwareRevision = 1, Translation = Translation.Software };
        System.Text.Encoding.ASCII.GetBytes(geometry.Name).CopyTo(identity.BoardId, 0);
        return new SimulatedHardware
        {
            Parts = [_flash],
            Power = _flash.Power,
            Journal = new FlashRegion(device, geometry.JournalAddress, geometry.JournalBytes),
            SlotA = new FlashRegion(device, geometry.SlotAddress(0), geometry.SlotBytes),
            SlotB = new FlashRegion(device, geometry.SlotAddress(1), geometry.SlotBytes),
            Golden = new FlashRegion(device, geometry.SlotAddress(2), geometry.SlotBytes),
            SlotHeaderBytes = geometry.HeaderBytes,
            VirtualWindow = new MemoryRange(0, 0xFFFFF000),
            Identity = identity,
        };
    }
}
