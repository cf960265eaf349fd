using System.Text;
using Twinbank.Core;
using Twinbank.Core.Flash;
using Twinbank.Core.Install;
using Twinbank.Core.Journal;
using Twinbank.Core.Slots;
using Twinbank.Core.Trust;
using Twinbank.Power.Tests.Checks;
using Twinbank.Power.Tests.Stories;
using Twinbank.Power.Tests.Worlds;
using Twinbank.Simulation.Flash;

namespace Twinbank.Power.Tests.Promotion;

/// <summary>
/// A device that makes golden its running image from any state of its flash, and what has to hold in every state: the
/// running image is whole, and what golden's head names is there with every byte.
/// </summary>
internal sealed class PromotionDevice
{
    const int StepsMax = 64;

    readonly SweepWorld _world;
    readonly PromotionWay _way;
    readonly StrictNorFlash _flash;
    readonly List<string> _findings = [];

    public PromotionDevice(SweepWorld world, PromotionWay way)
    {
        _world = world;
        _way = way;
        _flash = new StrictNorFlash(world.Part);
    }

    /// <summary>Version 1 runs from slot A, confirmed; golden holds version 9.</summary>
    /// <param name="previousIsGolden">True when the journal names golden as the image before.</param>
    public FlashSnapshot MakeStart(bool previousIsGolden)
    {
        _flash.Restore(_world.MakeFactoryState());
        DeviceStorage storage = Assemble();
        var record = new JournalRecord();
        JournalTransitions.Rebuilt(SlotId.A, 0, _world.First.Target.ManifestDigest, 1, record);
        if (previousIsGolden)
        {
            record.PreviousSlot = SlotId.Golden;
            byte[] digest = _world.Golden.Target.ManifestDigest;
            digest.AsSpan(0, JournalRecord.DigestPrefixBytes).CopyTo(record.PreviousDigest);
        }

        Assert.AreEqual(Status.Ok, storage.Journal.Append(record));
        return _flash.Snapshot();
    }

    /// <summary>Promotes from a state to the end and gives what was wrong.</summary>
    public IReadOnlyList<string> Run(FlashSnapshot start, OperationObserver? observer)
    {
        _findings.Clear();
        _flash.Restore(start);
        _flash.ClearViolations();
        _flash.Observer = pending =>
        {
            CheckOperation(pending.Operation);
            observer?.Invoke(pending);
        };
        _way.BeginLife();
        try
        {
            DeviceStorage storage = Assemble();
            CheckState(storage);
            Promote(storage);
        }
        catch (InvalidOperationException error)
        {
            _findings.Add(error.Message);
        }

        _flash.Observer = null;
        _findings.AddRange(_flash.Violations.Select(violation => violation.ToString()));
        return [.. _findings];
    }

    void Promote(DeviceStorage storage)
    {
        for (int step = 0; step < StepsMax; step++)
        {
            if (_way.Step(storage, _world))
            {
                Expect(
                    _world.SignedImageIn(_flash.Contents, 2) == _world.First, "golden lacks version 1 at the end");
                Expect(
                    storage.Verify(SlotId.Golden, 0, storage.CreateReader()) == Status.Ok, "golden does not verify");
                CheckState(storage);
                return;
            }
        }

        _findings.Add("the promotion did not end");
    }

    void CheckState(DeviceStorage storage)
    {
        JournalView journal = JournalView.Read(_world.Geometry, _flash.Contents);
        Expect(journal is { State: JournalView.Confirmed, ActiveSlot: 0 }, $"slot A is not confirmed: {journal}");
        Expect(_world.SignedImageIn(_flash.Contents, 0) == _world.First, "slot A does not hold version 1 any more");
        Expect(storage.Verify(SlotId.A, 0, storage.CreateReader()) == Status.Ok, "slot A does not verify");

        // A head that names an image stands for all of it: fw device info and reset-to golden believe it.
        StoredImage golden = storage.CreateReader();
        bool isNamed = golden.Load(storage.FindSlot(SlotId.Golden)!) == Status.Ok;
        SweepImage? whole = _world.SignedImageIn(_flash.Contents, 2);
        Expect(!isNamed || whole is not null, "golden has a head and not all of its image");
        Expect(
            journal.PreviousSlot != 2 || whole == _world.Golden, "the journal names an image in golden that is gone");
    }

    void CheckOperation(FlashOperation operation)
    {
        bool isGolden = IsInside(operation, _world.Geometry.SlotAddress(2), _world.Geometry.SlotBytes);
        bool isJournal = IsInside(operation, _world.Geometry.JournalAddress, _world.Geometry.JournalBytes);
        Expect(isGolden || isJournal, $"{operation} is neither in golden nor in the journal");
    }

    void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            _findings.Add(otherwise);
        }
    }

    DeviceStorage Assemble()
    {
        SweepGeometry geometry = _world.Geometry;
        var identity = new DeviceIdentity { HardwareRevision = 1, Translation = Translation.Software };
        Encoding.ASCII.GetBytes(geometry.Name).CopyTo(identity.BoardId, 0);
        var digest = new HostDigest();
        var trust = new TrustStore(digest, [new CachedSignatures()]);
        trust.AddKey(1, SweepImage.PublicKey.Raw.ToArray());
        var journal = new BootJournal(new FlashRegion(_flash, geometry.JournalAddress, geometry.JournalBytes));
        journal.Mount();
        return new DeviceStorage(
            identity, journal, Slot(SlotId.A), Slot(SlotId.B), Slot(SlotId.Golden), trust, digest, 512, 2048);

        Slot Slot(SlotId id)
            => new(
                id, new FlashRegion(_flash, geometry.SlotAddress((int)id), geometry.SlotBytes), geometry.HeaderBytes);
    }

    static bool IsInside(FlashOperation operation, uint address, uint sizeBytes)
        => operation.Address >= address && operation.Address + (uint)operation.Count <= address + sizeBytes;
}
