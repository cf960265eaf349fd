using Twinbank.Boards;
using Twinbank.Core;
using Twinbank.Core.Format;
using Twinbank.Errors;
using Twinbank.Formats;
using Twinbank.Images.Building;
using Twinbank.Images.Containers;
using Twinbank.Images.Keys;
using Twinbank.Images.Updates;

namespace Twinbank.Images.Tests;

[TestClass]
public sealed class BuildAndDecodeTests
{
    static readonly SigningKey s_key = SigningKey.FromSecret(KeyAlgorithm.Ed25519, new byte[32]);

    static TargetImage Build(string board, int size, byte seed, uint? blockBytes = null, uint? bufferBytes = null)
    {
        Board found = BoardCatalog.Locate().Find(board);
        byte[] data = new byte[size];
        new Random(seed).NextBytes(data);
        return ImageBuilder.Build(new ImageRequest
        {
            Board = found,
            Payload = MemoryImage.Create([new MemorySegment(found.VirtualBase, data)], null, "test"),
            Name = "app",
            Version = new ImageVersion(1, 2, 3, 4),
            Keys = [s_key],
            BlockBytes = blockBytes,
            BufferBytes = bufferBytes,
        });
    }

    [TestMethod]
    [DataRow("qemu-virt", 100_000)]
    [DataRow("qemu-virt", 700_001)]
    [DataRow("emcraft-sf2", 300_000)]
    [DataRow("sim-nor", 100_000)]
    public void Gives_the_payload_back_bit_for_bit(string board, int size)
    {
        TargetImage image = Build(board, size, 7);

        ContainerFile container = ContainerFile.Parse("test.fwi", FullContainer.Write(image));
        TargetImage decoded = new ContainerDecoder().Decode(container, null);

        CollectionAssert.AreEqual(image.JoinPayload(), decoded.JoinPayload());
        Assert.AreEqual(size, decoded.JoinPayload().Length);
        Assert.AreEqual("1.2.3+4", decoded.Version.ToString());
        Assert.AreEqual(board, decoded.BoardId);
    }

    [TestMethod]
    public void Is_deterministic()
        => CollectionAssert.AreEqual(
            FullContainer.Write(Build("qemu-virt", 90_000, 3)), FullContainer.Write(Build("qemu-virt", 90_000, 3)));

    [TestMethod]
    public void Keeps_buffer_areas_free_by_mapping_each_block_on_its_own()
    {
        Board board = BoardCatalog.Locate().Find("qemu-virt");
        TargetImage image = Build("qemu-virt", 700_000, 1, board.Slots.SectorBytes, 0x10000);

        Assert.AreEqual(4, image.Manifest.BlockCount);
        Assert.AreEqual(4, image.Manifest.ExtentCount);
        Assert.AreEqual(0x30000u, image.Manifest.BlockDataBytes(0));
        Assert.AreEqual(0x40000u, image.Manifest.ExtentSlotOffset(1));
        Assert.AreEqual(0x30000u, image.Manifest.ExtentVirtualStart(1));
    }

    [TestMethod]
    public void Starts_the_block_of_a_lone_far_word_at_that_word()
    {
        TargetImage image = ImageBuilder.Build(new ImageRequest
        {
            Board = BoardCatalog.Locate().Find("sim-nor"),
            Payload = MemoryImage.Create(
                [new MemorySegment(0x100, new byte[9_000]), new MemorySegment(0x100010C0, [1, 2, 3, 4])], null, "test"),
            Name = "app",
            Version = new ImageVersion(1, 0, 0, 0),
            Keys = [s_key],
        });

        Assert.AreEqual(9_004u, image.Manifest.PayloadBytes);
        Assert.AreEqual(0x100010C0u - 0x100u, image.Manifest.BlockVirtualStart(image.Blocks.Count - 1));
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3, 4 }, image.Blocks[^1]);
    }

    [TestMethod]
    public void Refuses_every_truncation_and_never_a_crash()
    {
        byte[] bytes = FullContainer.Write(Build("sim-nor", 5_000, 2));
        for (int length = 0; length < bytes.Length; length += length < 700 ? 1 : 97)
        {
            byte[] prefix = bytes[..length];
            Assert.ThrowsExactly<FirmwareException>(() => ContainerFile.Parse("cut.fwi", prefix), $"{length} bytes");
        }
    }

    [TestMethod]
    public void Finds_every_single_flipped_byte()
    {
        byte[] bytes = FullContainer.Write(Build("sim-nor", 3_000, 2));
        for (int at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= 0x41;
            Assert.ThrowsExactly<FirmwareException>(
                () => new ContainerDecoder().Decode(ContainerFile.Parse("flipped.fwi", bytes), null), $"byte {at}");
            bytes[at] ^= 0x41;
        }
    }
}
