using Twinbank.Core.Install;
using Twinbank.Core.Journal;
using Twinbank.Core.Slots;
using Twinbank.Core.Tests.Rig;
using Twinbank.Images;
using Twinbank.Images.Updates;

namespace Twinbank.Core.Tests.Install;

[TestClass]
public sealed class InstallerTests
{
    static readonly TargetImage s_first = TestDevice.Image(TestDevice.Payload(30_000, 1));

    static TestDevice Provisioned()
    {
        var device = new TestDevice();
        device.Provision(FullContainer.Write(s_first));
        return device;
    }

    static void AssertHolds(TestDevice device, SlotId slot, TargetImage image)
    {
        StoredImage reader = device.Storage.CreateReader();
        Assert.AreEqual(Status.Ok, device.Storage.Verify(slot, 0, reader));
        CollectionAssert.AreEqual(image.ManifestDigest, reader.ManifestDigest);
        Assert.IsEmpty(device.Flash.Violations);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(64)]
    [DataRow(333)]
    [DataRow(100_000)]
    public void Installs_a_full_container_in_pieces_of_any_size(int pieceBytes)
    {
        TestDevice device = Provisioned();
        TargetImage second = TestDevice.Image(TestDevice.Payload(41_000, 2), 1);

        Assert.AreEqual(Status.Ok, device.Install(FullContainer.Write(second), pieceBytes));

        AssertHolds(device, SlotId.B, second);
        AssertHolds(device, SlotId.A, s_first);
    }

    [TestMethod]
    public void Installing_the_same_image_again_erases_nothing_and_wants_only_the_tables()
    {
        TestDevice device = Provisioned();
        byte[] container = FullContainer.Write(TestDevice.Image(TestDevice.Payload(41_000, 2), 1));
        Assert.AreEqual(Status.Ok, device.Install(container));
        long erases = device.Flash.Counters.EraseCalls;

        Assert.AreEqual(Status.Ok, device.Install(container));

        Assert.AreEqual(erases, device.Flash.Counters.EraseCalls);
        Assert.IsLessThan(2_000u, device.Installer.Counters.ReceivedBytes);
        Assert.AreEqual(device.Installer.BlockCount, device.Installer.Counters.BlocksKept);
    }

    [TestMethod]
    public void Resumes_after_a_reset_without_fetching_verified_blocks_again()
    {
        TestDevice device = Provisioned();
        TargetImage second = TestDevice.Image(TestDevice.Payload(41_000, 2), 1);
        byte[] container = FullContainer.Write(second);
        Assert.AreEqual(Status.Ok, device.Installer.Begin(false));
        Assert.AreEqual(Status.Ok, device.Installer.Accept(container, 0, 25_000));

        device.Storage.Journal.Mount();
        Assert.AreEqual(Status.Ok, device.Install(container));

        AssertHolds(device, SlotId.B, second);
        Assert.IsGreaterThanOrEqualTo(3, device.Installer.Counters.BlocksKept);
        Assert.IsLessThan(41_000u - 15_000u, device.Installer.Counters.ReceivedBytes);
    }

    [TestMethod]
    public void Writes_only_blocks_that_differ_from_what_the_slot_held()
    {
        TestDevice device = Provisioned();
        byte[] payload = TestDevice.Payload(41_000, 2);
        Assert.AreEqual(Status.Ok, device.Install(FullContainer.Write(TestDevice.Image(payload, 1))));
        payload[20_000] ^= 1;
        TargetImage third = TestDevice.Image(payload, 2);

        Assert.AreEqual(Status.Ok, device.Install(FullContainer.Write(third)));

        AssertHolds(device, SlotId.B, third);
        Assert.AreEqual(1, device.Installer.Counters.BlocksReceived);
    }

    [TestMethod]
    public void Refuses_another_key() => Refuses(
        Provisioned(), Container(r => r with { Keys = [TestDevice.Stranger] }), Status.UnknownKey);

    [TestMethod]
    public void Accepts_an_image_signed_by_an_unknown_and_a_trusted_key()
    {
        TestDevice device = Provisioned();
        Assert.AreEqual(
            Status.Ok, device.Install(Container(r => r with { Keys = [TestDevice.Stranger, TestDevice.Key] })));
    }

    [TestMethod]
    public void Refuses_a_security_counter_below_the_floor()
    {
        var device = new TestDevice();
        device.Provision(Container(r => r with { SecurityCounter = 5 }));
        Refuses(device, Container(r => r with { SecurityCounter = 4 }), Status.SecurityCounterTooLow);
    }

    [TestMethod]
    public void Refuses_an_image_for_another_board()
    {
        TestDevice device = Provisioned();
        device.Identity.BoardId[0] ^= 1;
        Refuses(device, Container(r => r), Status.WrongBoard);
    }

    [TestMethod]
    public void Refuses_an_image_for_another_hardware_revision() => Refuses(
        Provisioned(), Container(r => r with { HardwareRevisions = 2 }), Status.WrongHardwareRevision);

    [TestMethod]
    public void Refuses_an_image_that_needs_a_newer_agent() => Refuses(
        Provisioned(), Container(r => r with { MinimumAgent = (1, 1) }), Status.AgentTooOld);

    [TestMethod]
    public void Refuses_an_image_that_failed_its_trial_here_unless_told_to_insist()
    {
        TestDevice device = Provisioned();
        byte[] bad = Container(r => r with { Version = new ImageVersion(6, 6, 6, 0) });
        Assert.AreEqual(Status.Ok, device.Install(bad));
        Assert.AreEqual(Status.Ok, device.Control.RequestTrial(SlotId.B, 0, false));
        Assert.AreEqual(Status.WrongState, device.Installer.Begin(false), "no update during a trial");
        var next = new JournalRecord();
        Assert.AreEqual(Status.Ok, JournalTransitions.Reverted(
            device.Storage.Journal.Current, FailureReason.Watchdog, Status.Ok, 0, next));
        Assert.AreEqual(Status.Ok, device.Storage.Journal.Append(next));

        Refuses(device, bad, Status.FailedBefore);

        Assert.AreEqual(Status.FailedBefore, device.Control.RequestTrial(SlotId.B, 0, false));
        Assert.AreEqual(Status.Ok, device.Installer.Begin(insist: true));
        Assert.AreEqual(Status.Ok, device.Feed(bad));
    }

    [TestMethod]
    public void Refuses_every_flipped_byte_and_leaves_the_active_image_alone()
    {
        byte[] container = Container(r => r);
        TestDevice device = Provisioned();
        for (int at = 0; at < container.Length; at += at < 600 ? 1 : 251)
        {
            container[at] ^= 0x10;
            Assert.AreNotEqual(Status.Ok, device.Install(container), $"byte {at}");
            container[at] ^= 0x10;
        }

        AssertHolds(device, SlotId.A, s_first);
        Assert.AreEqual(Status.Ok, device.Install(container), "the slot still takes the right image");
    }

    [TestMethod]
    public void Refuses_every_wrong_byte_of_the_tables_before_it_erases_anything()
    {
        byte[] container = Container(r => r);
        TestDevice device = Provisioned();
        long erases = device.Flash.Counters.EraseCalls;
        uint tablesEnd = Images.Containers.ContainerFile.Parse("test.fwi", container).Header.PayloadStart;
        for (uint at = 0; at < tablesEnd; at++)
        {
            container[at] ^= 0x80;
            Assert.AreNotEqual(Status.Ok, device.Install(container), $"byte {at}");
            container[at] ^= 0x80;
        }

        Assert.AreEqual(erases, device.Flash.Counters.EraseCalls);
    }

    static byte[] Container(Func<Images.Building.ImageRequest, Images.Building.ImageRequest> change)
        => FullContainer.Write(TestDevice.Image(TestDevice.Payload(20_000, 3), 1, change));

    static void Refuses(TestDevice device, byte[] container, Status expected)
    {
        long erases = device.Flash.Counters.EraseCalls;
        Assert.AreEqual(expected, device.Install(container));
        Assert.AreEqual(InstallPhase.Failed, device.Installer.Phase);
        Assert.AreEqual(erases, device.Flash.Counters.EraseCalls, "nothing is erased for an image that is refused");
    }
}
