using Twinbank.Boards;
using Twinbank.Boot;
using Twinbank.Core;
using Twinbank.Core.Flash;
using Twinbank.Core.Install;
using Twinbank.Core.Journal;
using Twinbank.Core.Slots;
using Twinbank.Core.Trust;
using Twinbank.Images.Updates;
using Twinbank.Power.Tests.Stories;
using Twinbank.Simulation.Boards;
using Twinbank.Simulation.Flash;
using Twinbank.Simulation.Time;

namespace Twinbank.Power.Tests.Overlays;

/// <summary>
/// A board that lives from any state of its flash to the end of one story: overlay, overlay on the overlay, compaction,
/// an overlay that faults and is reverted, and a block sync over the slot with the stale overlays. Used by one thread.
/// </summary>
internal sealed class OverlayDevice
{
    const int LivesMax = 30;
    const int PieceBytes = 301;
    const int FindingsMax = 10;

    readonly OverlayWorld _world;
    readonly StrictNorFlash _flash;
    readonly SimulatedBoard _board;
    readonly List<string> _findings = [];
    OperationObserver? _observer;
    int _confirmedVersion;
    bool _isFinished;

    /// <param name="world">Images and part.</param>
    /// <param name="wrap">A mistake around the flash, or null for none.</param>
    public OverlayDevice(OverlayWorld world, Func<OverlayWorld, StrictNorFlash, FlashDevice>? wrap)
    {
        _world = world;
        _flash = new StrictNorFlash(world.Part) { Observer = Observe };
        _board = new SimulatedBoard(
            DescribeHardware(wrap?.Invoke(world, _flash) ?? _flash), new SimulatedBoardOptions
            {
                Time = new SimulatedClock(), SerialLine = new RecordingConsole(),
                Keys = [new TrustedKey(1, OverlayWorld.PublicKey.Raw.ToArray())],
                NewDigest = () => new HostDigest(), NewSignatureAlgorithms = () => [new CachedSignatures()],
                NewAgent = (_, _, _) => new QuietAgent(), Applications = Play, ScratchBytes = 512,
                TablesBytesMax = 2048, ComposeBytes = 128 * 1024, StopsWhenStuck = true,
            });
    }

    /// <summary>Overlays that were committed in the last run.</summary>
    public int OverlayCount { get; private set; }

    /// <summary>Runs from a state to the end of the story and gives the broken promises.</summary>
    public IReadOnlyList<string> Run(FlashSnapshot start, OperationObserver? observer)
    {
        _flash.Restore(start);
        _flash.ClearViolations();
        _findings.Clear();
        _observer = observer;
        _isFinished = false;
        _confirmedVersion = 0;
        OverlayCount = 0;
        _board.PowerCycle();
        for (int life = 0; life < LivesMax && !_isFinished && _findings.Count < FindingsMax; life++)
        {
            if (_board.RunLife().End != LifeEnd.Reset)
            {
                break;
            }
        }

        if (!_isFinished)
        {
            Note($"the story did not end; {Current.State} {Current.ActiveSlot}{Current.ActiveGeneration}");
        }

        _findings.AddRange(_flash.Violations.Select(violation => violation.ToString()));
        return [.. _findings];
    }

    JournalRecord Current => _board.Storage!.Journal.Current;

    void Note(string text) => _findings.Add(text);

    // Nothing that the journal names may be changed: only erased buffer areas of the active slot are filled.
    void Observe(PendingOperation pending)
    {
        FlashOperation operation = pending.Operation;
        for (int slot = 0; slot < 3; slot++)
        {
            uint within = operation.Address - _world.Geometry.SlotAddress(slot);
            if (within >= _world.Geometry.SlotBytes)
            {
                continue;
            }

            bool isNamed = slot == (int)Current.ActiveSlot || slot == (int)Current.PreviousSlot || slot == 2;
            bool isFilling = operation.Kind == FlashOperationKind.Program && slot == (int)Current.ActiveSlot
                && IsBuffer(within, operation.Count) && !_flash.Contents
                    .Slice((int)operation.Address, operation.Count).ContainsAnyExcept(StrictNorFlash.ErasedByte);
            if (isNamed && !isFilling)
            {
                Note($"I2: {operation} in slot {slot} while {Current.State} {Current.ActiveSlot}");
            }
        }

        _observer?.Invoke(pending);
    }

    bool IsBuffer(uint within, int count)
    {
        uint inBlock = (within - _world.Geometry.HeaderBytes) % _world.Geometry.BlockBytes;
        return within >= _world.Geometry.HeaderBytes
            && (inBlock >= _world.Geometry.DataBytes || within > 3 * _world.Geometry.BlockBytes)
            && inBlock + (uint)count <= _world.Geometry.BlockBytes;
    }

    void Play(ApplicationContext context)
    {
        int version = Read(context);
        if (version == 0 || (version == OverlayWorld.BadVersion && !context.Image.IsTrial))
        {
            Note($"I3: what runs is version {version}, trial {context.Image.IsTrial}");
            throw new BoardStoppedException();
        }

        if (version == OverlayWorld.BadVersion)
        {
            context.Fault(FaultKind.DataAccess, 0xDEAD0000);
        }

        if (context.Image.IsTrial)
        {
            context.Wait(TimeSpan.FromMilliseconds(context.Image.ProbationMilliseconds));
            Require(context.Services.Confirm(), "confirming");
        }

        if (version < _confirmedVersion)
        {
            Note($"I1: version {version} runs after {_confirmedVersion} was confirmed");
        }

        _confirmedVersion = version;
        if (version == OverlayWorld.LastVersion)
        {
            _isFinished = true;
            throw new BoardStoppedException();
        }

        Continue(context, version);
        context.Reset();
    }

    int Read(ApplicationContext context)
    {
        Core.Format.Manifest manifest = _world.Image(1).Manifest;
        return _world.VersionOf([.. Enumerable.Range(0, manifest.BlockCount).Select(block => context.ReadMemory(
            manifest.VirtualBase + manifest.BlockVirtualStart(block), (int)manifest.BlockDataBytes(block)))]);
    }

    // What comes next depends on nothing but the flash.
    void Continue(ApplicationContext context, int version)
    {
        var installer = new Installer(_board.Storage!, Codecs.NewDecoders());
        if (version < 3)
        {
            Update(installer, _world.Delta(version, version + 1), isOverlay: true);
        }
        else if (context.Image.Generation > 0)
        {
            do
            {
                Require(installer.Compact(), "compacting");
            }
            while (installer.Phase != InstallPhase.Complete);
        }
        else if (HasFailed(OverlayWorld.BadVersion))
        {
            Update(installer, _world.Delta(version, OverlayWorld.LastVersion), isOverlay: false);
        }
        else
        {
            Update(installer, _world.Delta(version, OverlayWorld.BadVersion), isOverlay: true);
        }

        Require(
            _board.Control!.RequestTrial(installer.TargetSlot, installer.TargetGeneration, insist: true),
            "requesting a trial");
    }

    // Where cuts used up the room, or one may have cut an erase, the other slot takes the update.
    void Update(Installer installer, byte[] container, bool isOverlay)
    {
        Status status = Send(installer, container, isOverlay);
        if (isOverlay && status is Status.NoSpace or Status.NotSupported)
        {
            isOverlay = false;
            status = Send(installer, container, isOverlay: false);
        }

        Require(status, isOverlay ? "sending an overlay" : "sending blocks");
        OverlayCount += isOverlay ? 1 : 0;
    }

    static Status Send(Installer installer, byte[] container, bool isOverlay)
    {
        Status status = installer.Begin(insist: true, isOverlay);
        while (status == Status.Ok && installer.Phase != InstallPhase.Complete)
        {
            int offset = (int)installer.NextOffset;
            status = installer.Accept(container, offset, Math.Min(PieceBytes, container.Length - offset));
        }

        return status;
    }

    bool HasFailed(int version)
        => Current.FailureReason != FailureReason.None
            && Current.FailedDigest.AsSpan().SequenceEqual(
                _world.Image(version).ManifestDigest.AsSpan(0, JournalRecord.DigestPrefixBytes));

    void Require(Status status, string what)
    {
        if (status != Status.Ok)
        {
            Note($"I8: {what} gave {status} in {Current.ActiveSlot}{Current.ActiveGeneration}");
            throw new BoardStoppedException();
        }
    }

    SimulatedHardware DescribeHardware(FlashDevice device)
    {
        Worlds.SweepGeometry geometry = _world.Geometry;
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
