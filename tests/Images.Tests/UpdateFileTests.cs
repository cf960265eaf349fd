using System.Buffers.Binary;
using Twinbank.Boards;
using Twinbank.Errors;
using Twinbank.Formats;
using Twinbank.Images.Building;
using Twinbank.Images.Containers;
using Twinbank.Images.Keys;
using Twinbank.Images.Updates;

namespace Twinbank.Images.Tests;

/// <summary>Sets of containers that share one target: device-agent/specs/image.md section 7.</summary>
[TestClass]
public sealed class UpdateFileTests
{
    static readonly TargetImage s_first = Build("1.0.0", 1);
    static readonly TargetImage s_second = Build("1.1.0", 2);
    static readonly TargetImage s_target = Build("1.2.0", 3);
    static readonly byte[] s_fromFirst = DeltaContainer.Write(s_first, s_target, Codecs.Default);
    static readonly byte[] s_fromSecond = DeltaContainer.Write(s_second, s_target, Codecs.Default);
    static readonly byte[] s_set = UpdateFile.WriteSet([s_fromFirst, s_fromSecond]);

    static TargetImage Build(string version, byte changed)
    {
        Board board = BoardCatalog.BuiltIn.Find("sim-nor");
        byte[] data = new byte[3_000];
        new Random(20261125).NextBytes(data);
        data[1_000] = changed;
        Assert.IsTrue(ImageVersion.TryParse(version, out ImageVersion parsed));
        return ImageBuilder.Build(new ImageRequest
        {
            Board = board, Payload = MemoryImage.Create([new MemorySegment(board.VirtualBase, data)], null, "test"),
            PayloadSource = "test", Name = "app", Version = parsed,
            Keys = [SigningKey.FromSecret(KeyAlgorithm.Ed25519, new byte[32])],
        });
    }

    [TestMethod]
    public void Gives_each_device_the_delta_for_what_it_runs()
    {
        UpdateFile file = UpdateFile.Parse("a set", s_set);

        CollectionAssert.AreEqual(s_fromFirst, file.For(s_first.ManifestDigest).Bytes.ToArray());
        CollectionAssert.AreEqual(s_fromSecond, file.For(s_second.ManifestDigest).Bytes.ToArray());
    }

    [TestMethod]
    public void Falls_back_to_the_full_image_for_a_device_that_runs_another_one()
    {
        byte[] full = FullContainer.Write(s_target);
        UpdateFile file = UpdateFile.Parse("a set", UpdateFile.WriteSet([s_fromFirst, full]));

        CollectionAssert.AreEqual(full, file.For(s_second.ManifestDigest).Bytes.ToArray());
        CollectionAssert.AreEqual(full, file.For(null).Bytes.ToArray());
        CollectionAssert.AreEqual(s_fromFirst, file.For(s_first.ManifestDigest).Bytes.ToArray());
    }

    [TestMethod]
    public void Takes_a_plain_container_as_a_set_of_one()
        => Assert.HasCount(1, UpdateFile.Parse("a delta", s_fromFirst).Alternatives);

    [TestMethod]
    public void Has_the_bytes_of_the_specification()
    {
        byte[] expected = [(byte)'T', (byte)'W', (byte)'B', (byte)'D', 1, 0, 2, 0, 0, 0, 0, 0];
        CollectionAssert.AreEqual(expected, s_set[..12]);
        Assert.AreEqual(32u, BinaryPrimitives.ReadUInt32LittleEndian(s_set.AsSpan(16)));
        Assert.AreEqual((uint)s_fromFirst.Length, BinaryPrimitives.ReadUInt32LittleEndian(s_set.AsSpan(20)));
        Assert.AreEqual(32u + (uint)s_fromFirst.Length, BinaryPrimitives.ReadUInt32LittleEndian(s_set.AsSpan(24)));
        CollectionAssert.AreEqual(s_fromFirst, s_set[32..(32 + s_fromFirst.Length)]);
    }

    [TestMethod]
    public void Refuses_every_prefix()
    {
        for (int length = 0; length < s_set.Length; length++)
        {
            Assert.ThrowsExactly<FirmwareException>(() => UpdateFile.Parse("a prefix", s_set[..length]));
        }
    }

    [TestMethod]
    public void Refuses_a_change_of_any_byte_before_the_payloads()
    {
        int tables = 32 + (int)ContainerFile.Parse("a delta", s_fromFirst).Header.PayloadStart;
        for (int i = 0; i < tables; i++)
        {
            byte[] changed = [.. s_set];
            changed[i] ^= 0x10;
            Assert.ThrowsExactly<FirmwareException>(() => UpdateFile.Parse("changed", changed), $"byte {i}");
        }
    }

    [TestMethod]
    public void Refuses_containers_that_do_not_share_one_target_or_start_from_the_same_image()
    {
        byte[] toSecond = DeltaContainer.Write(s_first, s_second, Codecs.Default);

        Assert.ThrowsExactly<FirmwareException>(() => UpdateFile.WriteSet([s_fromSecond, toSecond]));
        Assert.ThrowsExactly<FirmwareException>(() => UpdateFile.WriteSet([s_fromFirst, s_fromFirst]));
    }
}
