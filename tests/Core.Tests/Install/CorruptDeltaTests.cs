using Twinbank.Core.Install;
using Twinbank.Core.Slots;
using Twinbank.Core.Tests.Rig;
using Twinbank.Images;
using Twinbank.Images.Containers;
using Twinbank.Images.Updates;
using Twinbank.Simulation.Flash;

namespace Twinbank.Core.Tests.Install;

/// <summary>
/// A small delta with every one of its bytes changed, one at a time: the device refuses it or makes the very image that
/// was meant, and the image that runs stays as it is (invariants I2, I3, I7).
/// </summary>
[TestClass]
public sealed class CorruptDeltaTests
{
    static readonly byte[] s_changes = [0x01, 0x80, 0xFF];
    static readonly TargetImage s_running = TestDevice.Image(TestDevice.Payload(5_000, 1));
    static readonly TargetImage s_next = TestDevice.Image(NextPayload(), 1);
    static readonly byte[] s_delta = DeltaContainer.Write(s_running, s_next, Codecs.Default);

    // A few changes, an insertion, and pieces that moved: copies, differences and literals.
    static byte[] NextPayload()
    {
        byte[] payload = TestDevice.Payload(5_000, 1);
        payload[1_000] ^= 0x55;
        payload[1_004] += 3;
        return [.. payload[..2_000], .. TestDevice.Payload(40, 9), .. payload[2_000..]];
    }

    [TestMethod]
    public void Refuses_every_changed_byte_of_a_delta_and_keeps_running()
    {
        var device = new TestDevice();
        device.Provision(FullContainer.Write(s_running));
        FlashSnapshot provisioned = device.Flash.Snapshot();
        int refused = 0;
        for (int at = 0; at < s_delta.Length; at++)
        {
            byte[] changed = [.. s_delta];
            changed[at] ^= s_changes[at % s_changes.Length];
            device.Flash.Restore(provisioned);
            Assert.AreEqual(Status.Ok, device.Storage.Journal.Mount());
            device.Installer.Abandon();

            Status status = device.Install(changed);

            StoredImage reader = device.Storage.CreateReader();
            if (status == Status.Ok && device.Installer.Phase == InstallPhase.Complete)
            {
                Assert.AreEqual(Status.Ok, device.Storage.Verify(SlotId.B, 0, reader), $"byte {at}");
                CollectionAssert.AreEqual(s_next.ManifestDigest, reader.ManifestDigest, $"byte {at}");
            }
            else
            {
                refused++;
            }

            Assert.AreEqual(Status.Ok, device.Storage.Verify(SlotId.A, 0, reader), $"byte {at}");
            CollectionAssert.AreEqual(s_running.ManifestDigest, reader.ManifestDigest, $"byte {at}");
        }

        Assert.IsEmpty(device.Flash.Violations);

        // Only the minor format version may differ: readers take newer ones, and its header has a checksum besides.
        Assert.AreEqual(s_delta.Length, refused);
        Assert.AreEqual(Status.Ok, device.Install(s_delta));
    }

    [TestMethod]
    public void Makes_nothing_else_of_a_recipe_whose_checksum_was_repaired()
    {
        var device = new TestDevice();
        device.Provision(FullContainer.Write(s_running));
        FlashSnapshot provisioned = device.Flash.Snapshot();
        ContainerFile file = ContainerFile.Parse("delta", s_delta);
        for (int block = 0; block < file.Manifest.BlockCount; block++)
        {
            for (int i = 0; i < file.Carriers.PayloadBytes(block); i++)
            {
                byte[] changed = WithChangedRecipe(file, block, i);
                device.Flash.Restore(provisioned);
                Assert.AreEqual(Status.Ok, device.Storage.Journal.Mount());
                device.Installer.Abandon();

                Assert.AreNotEqual(Status.Ok, device.Install(changed), $"byte {i} of block {block}");

                StoredImage reader = device.Storage.CreateReader();
                Assert.AreEqual(Status.Ok, device.Storage.Verify(SlotId.A, 0, reader));
            }
        }

        Assert.IsEmpty(device.Flash.Violations);
    }

    // Nobody signs recipes, so an attacker repairs their checksums with ease: only the block's hash is left to refuse.
    static byte[] WithChangedRecipe(ContainerFile file, int block, int at)
    {
        var carried = new CarriedBlock[file.Manifest.BlockCount];
        for (int i = 0; i < carried.Length; i++)
        {
            byte[] data = file.ReadCarried(i).ToArray();
            if (i == block)
            {
                data[at] ^= s_changes[at % s_changes.Length];
            }

            carried[i] = new CarriedBlock(
                file.Carriers.Method(i), file.Carriers.CodecId(i), file.Carriers.Argument(i), data);
        }

        byte[] map = file.Bytes.Slice(
            (int)(file.Header.PayloadStart - file.Header.AddressMapBytes), (int)file.Header.AddressMapBytes).ToArray();
        return ContainerWriter.Write(s_next, carried, s_running.ManifestDigest, map);
    }
}
