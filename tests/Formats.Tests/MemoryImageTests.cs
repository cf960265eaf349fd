using Twinbank.Errors;
using static Twinbank.Formats.Tests.Payloads;

namespace Twinbank.Formats.Tests;

[TestClass]
public sealed class MemoryImageTests
{
    [TestMethod]
    public void Sorts_segments_and_drops_empty_ones()
    {
        MemoryImage image = Create(new(0x300, [3]), new(0x200, []), new(0x100, [1, 2]));
        AssertSegments(image, (0x100, "0102"), (0x300, "03"));
        Assert.AreEqual(0x100u, image.StartAddress);
        Assert.AreEqual(0x301ul, image.EndAddress);
        Assert.AreEqual(0x201ul, image.SpanBytes);
        Assert.AreEqual(3L, image.DataBytes);
    }

    [TestMethod]
    public void Reaches_to_the_last_address()
    {
        MemoryImage image = Create(new(0xFFFFFFFF, [7]), new(0, [1]));
        Assert.AreEqual(0x1_0000_0000ul, image.EndAddress);
        Assert.AreEqual(0x1_0000_0000ul, image.SpanBytes);
    }

    [TestMethod]
    public void Refuses_overlapping_segments()
    {
        FirmwareException exception = Refuse(
            ErrorCode.OverlappingSegments, () => Create(new(0x100, [1, 2, 3]), new(0x102, [4])));
        Assert.Contains("0x00000102", exception.Message);
    }

    [TestMethod]
    public void Refuses_to_be_empty()
        => Refuse(ErrorCode.PayloadEmpty, () => Create(new MemorySegment(0x100, [])));

    [TestMethod]
    public void Refuses_more_pieces_than_any_firmware_has()
    {
        IEnumerable<int> indexes = Enumerable.Range(0, PayloadLimits.SegmentCountMax + 1);
        MemorySegment[] segments = [.. indexes.Select(i => new MemorySegment((uint)i * 2, [1]))];
        Refuse(ErrorCode.PayloadTooScattered, () => Create(segments));
        var builder = new MemoryImageBuilder("test");
        Array.ForEach(segments, segment => builder.Add(segment.Address, segment.Data));
        Refuse(ErrorCode.PayloadTooScattered, () => builder.ToSegments());
    }

    [TestMethod]
    [DataRow(0x0FEu, 8, "FFFF0102FFFF0304", DisplayName = "a hole in the middle")]
    [DataRow(0x101u, 1, "02", DisplayName = "inside a segment")]
    [DataRow(0x102u, 2, "FFFF", DisplayName = "only the hole")]
    [DataRow(0x105u, 4, "04FFFFFF", DisplayName = "beyond the end")]
    [DataRow(0x200u, 2, "FFFF", DisplayName = "after everything")]
    [DataRow(0x000u, 2, "FFFF", DisplayName = "before everything")]
    [DataRow(0x100u, 0, "", DisplayName = "nothing")]
    public void Reads_any_range_with_holes_filled(uint address, int count, string expected)
    {
        MemoryImage image = Create(new(0x100, [1, 2]), new(0x104, [3, 4]));
        byte[] target = new byte[count];
        image.Read(address, target, 0xFF);
        Assert.AreEqual(expected, Convert.ToHexString(target));
    }

    [TestMethod]
    public void Reads_at_the_last_address()
    {
        byte[] target = new byte[2];
        Create(new MemorySegment(0xFFFFFFFE, [5, 6])).Read(0xFFFFFFFE, target, 0);
        CollectionAssert.AreEqual(new byte[] { 5, 6 }, target);
    }

    [TestMethod]
    public void Compares_bytes_however_they_are_divided()
    {
        MemoryImage whole = Create(new MemorySegment(0x100, [1, 2, 3, 4]));
        Assert.IsTrue(whole.HasSameBytesAs(Create(new(0x102, [3, 4]), new(0x100, [1, 2]))));
        Assert.IsFalse(whole.HasSameBytesAs(Create(new(0x102, [3, 5]), new(0x100, [1, 2]))));
        Assert.IsFalse(whole.HasSameBytesAs(Create(new(0x103, [3, 4]), new(0x100, [1, 2]))));
    }

    [TestMethod]
    public void Gathers_pieces_in_any_order()
    {
        // Reference: one dictionary of bytes.
        var random = new Random(20261124);
        for (int round = 0; round < 300; round++)
        {
            var expected = new SortedDictionary<uint, byte>();
            var builder = new MemoryImageBuilder("test");
            for (int piece = 0; piece < random.Next(1, 30); piece++)
            {
                uint address = (uint)random.Next(200);
                byte[] data = [.. Enumerable.Range((int)address, random.Next(0, 12)).Select(i => (byte)(i * 7))];
                builder.Add(address, data);
                for (int i = 0; i < data.Length; i++)
                {
                    expected[address + (uint)i] = data[i];
                }
            }

            IReadOnlyList<MemorySegment> segments = builder.ToSegments();
            var found = segments.SelectMany(s => s.Data.Select((b, i) => (s.Address + (uint)i, b))).ToArray();
            CollectionAssert.AreEqual(expected.Select(item => (item.Key, item.Value)).ToArray(), found);
            Assert.IsTrue(segments.Zip(segments.Skip(1)).All(pair => pair.First.EndAddress < pair.Second.Address));
        }
    }

    [TestMethod]
    public void Refuses_a_byte_that_is_given_twice_with_different_values()
    {
        var builder = new MemoryImageBuilder("test");
        builder.Add(0x10, [1, 2, 3, 4]);
        builder.Add(0x12, [3, 9]);
        Assert.Contains("0x00000013", Refuse(ErrorCode.OverlappingSegments, () => builder.ToSegments()).Message);
    }

    static MemoryImage Create(params MemorySegment[] segments)
        => MemoryImage.Create("test", PayloadFormat.Raw, segments);
}
