using System.Formats.Cbor;
using System.Text;
using Twinbank.Core.Smp;
using CborReader = Twinbank.Core.Smp.CborReader;

namespace Twinbank.Core.Tests.Smp;

[TestClass]
public sealed class CborReaderTests
{
    private static CborReader Read(string hex) => Read(Convert.FromHexString(hex));

    private static CborReader Read(byte[] bytes)
    {
        // Surrounded by bytes that are not the reader's, so that an over-read shows.
        byte[] buffer = [0x1B, .. bytes, 0x00, 0x00];
        var reader = new CborReader();
        reader.Reset(buffer, 1, bytes.Length);
        return reader;
    }

    [TestMethod]
    [DataRow("00", 0u)]
    [DataRow("17", 23u)]
    [DataRow("1818", 24u)]
    [DataRow("18ff", 255u)]
    [DataRow("190100", 256u)]
    [DataRow("1a000f4240", 1000000u)]
    [DataRow("1affffffff", uint.MaxValue)]
    [DataRow("1b00000000ffffffff", uint.MaxValue, DisplayName = "64 bits that fit 32")]
    [DataRow("c11a000f4240", 1000000u, DisplayName = "with a tag")]
    [DataRow("d9d9f7c100", 0u, DisplayName = "with two tags")]
    public void Reads_unsigned_numbers(string hex, uint expected)
    {
        CborReader reader = Read(hex);
        Assert.AreEqual(CborType.Unsigned, reader.PeekType());
        Assert.AreEqual(expected, reader.ReadUnsigned());
        reader.ExpectEnd();
        Assert.AreEqual(Status.Ok, reader.Status);
    }

    [TestMethod]
    [DataRow("20", -1)]
    [DataRow("3863", -100)]
    [DataRow("3903e7", -1000)]
    [DataRow("3a7fffffff", int.MinValue)]
    [DataRow("1a7fffffff", int.MaxValue)]
    public void Reads_integers(string hex, int expected)
    {
        CborReader reader = Read(hex);
        Assert.AreEqual(expected, reader.ReadInteger());
        Assert.AreEqual(Status.Ok, reader.Status);
    }

    [TestMethod]
    [DataRow("1b0000000100000000", Status.OutOfRange, DisplayName = "over 32 bits")]
    [DataRow("20", Status.BadField, DisplayName = "negative")]
    [DataRow("6161", Status.BadField, DisplayName = "text")]
    [DataRow("f6", Status.BadField, DisplayName = "null")]
    [DataRow("", Status.NeedMoreData, DisplayName = "nothing")]
    [DataRow("1901", Status.NeedMoreData, DisplayName = "cut short")]
    [DataRow("1c", Status.BadEncoding, DisplayName = "reserved length code")]
    [DataRow("1f", Status.BadEncoding, DisplayName = "indefinite number")]
    [DataRow("ff", Status.BadEncoding, DisplayName = "break")]
    [DataRow("c0", Status.NeedMoreData, DisplayName = "a tag of nothing")]
    [DataRow("df00", Status.BadEncoding, DisplayName = "indefinite tag")]
    public void Refuses_what_is_no_unsigned_number(string hex, Status expected)
    {
        CborReader reader = Read(hex);
        Assert.AreEqual(0u, reader.ReadUnsigned());
        Assert.AreEqual(expected, reader.Status);
        Assert.AreEqual(0u, reader.ReadUnsigned(), "the error sticks");
        Assert.AreEqual(expected, reader.Status);
    }

    [TestMethod]
    [DataRow("4401020304", "01020304")]
    [DataRow("40", "")]
    [DataRow("5f42010243030405ff", "0102030405", DisplayName = "indefinite")]
    [DataRow("5fff", "", DisplayName = "indefinite, empty")]
    [DataRow("5f4040410aff", "0a", DisplayName = "with empty pieces")]
    public void Reads_byte_strings(string hex, string expected)
    {
        byte[] bytes = Convert.FromHexString(hex);
        var reader = new CborReader();
        reader.Reset(bytes, 0, bytes.Length);
        Assert.IsTrue(reader.ReadBytes(out int offset, out int count));
        Assert.AreEqual(expected, Convert.ToHexStringLower(bytes.AsSpan(offset, count)));
        reader.ExpectEnd();
        Assert.AreEqual(Status.Ok, reader.Status);
    }

    [TestMethod]
    [DataRow("440102", Status.NeedMoreData)]
    [DataRow("5affffffff01", Status.NeedMoreData, DisplayName = "length over the input")]
    [DataRow("5bffffffffffffffff01", Status.NeedMoreData, DisplayName = "64-bit length")]
    [DataRow("5f6161ff", Status.BadEncoding, DisplayName = "text piece in a byte string")]
    [DataRow("5f5f4101ffff", Status.BadEncoding, DisplayName = "nested indefinite")]
    [DataRow("5f4101", Status.NeedMoreData, DisplayName = "no break")]
    [DataRow("6161", Status.BadField)]
    public void Refuses_what_is_no_byte_string(string hex, Status expected)
    {
        CborReader reader = Read(hex);
        Assert.IsFalse(reader.ReadBytes(out _, out int count));
        Assert.AreEqual(0, count == 1 ? 0 : count);
        Assert.AreEqual(expected, reader.Status);
    }

    [TestMethod]
    [DataRow("a3636f6666182a6464617461420102 65696d61676500", DisplayName = "definite")]
    [DataRow("bf636f6666182a64646174615f41014102ff65696d61676500ff", DisplayName = "indefinite")]
    [DataRow(
        "a7636f6666182a0102820304a1056101f93c00f4646461746142010263756e6bc219010265696d616765c100",
        DisplayName = "unknown entries between")]
    public void Reads_a_map_by_its_keys(string hex)
    {
        CborReader reader = Read(hex.Replace(" ", ""));
        uint off = 0;
        int dataBytes = 0;
        uint image = 99;
        Assert.IsTrue(reader.EnterMap());
        while (reader.NextKey())
        {
            if (reader.KeyIs("off"))
            {
                off = reader.ReadUnsigned();
            }
            else if (reader.KeyIs("data"))
            {
                reader.ReadBytes(out _, out dataBytes);
            }
            else if (reader.KeyIs("image"))
            {
                image = reader.ReadUnsigned();
            }
            else
            {
                reader.Skip();
            }
        }

        reader.ExpectEnd();
        Assert.AreEqual(Status.Ok, reader.Status);
        Assert.AreEqual((42u, 2, 0u), (off, dataBytes, image));
    }

    [TestMethod]
    public void Reads_null_and_booleans()
    {
        CborReader reader = Read("86f5f4f6f7f500");
        Assert.IsTrue(reader.EnterArray());
        Assert.IsTrue(reader.NextItem() && reader.ReadBoolean());
        Assert.IsTrue(reader.NextItem() && !reader.ReadBoolean());
        Assert.IsTrue(reader.NextItem() && reader.TryReadNull());
        Assert.IsTrue(reader.NextItem() && reader.TryReadNull());
        Assert.IsTrue(reader.NextItem() && !reader.TryReadNull() && reader.ReadBoolean());
        Assert.IsTrue(reader.NextItem());
        Assert.IsFalse(reader.ReadBoolean());
        Assert.AreEqual(Status.BadField, reader.Status);
    }

    [TestMethod]
    [DataRow("bf6161ff", DisplayName = "break after a key")]
    [DataRow("bf01ff", DisplayName = "break after a key that is no text")]
    [DataRow("a161617f", DisplayName = "string without end")]
    [DataRow("a16161ff", DisplayName = "break as a value")]
    [DataRow("a1ff00", DisplayName = "break as a key")]
    [DataRow("a16161fe", DisplayName = "reserved simple value")]
    [DataRow("a16161f818", DisplayName = "short simple value in the long form")]
    [DataRow("a16161c0ff", DisplayName = "tag before a break")]
    [DataRow("a16161bf01ff", DisplayName = "odd map inside a skipped value")]
    public void Refuses_broken_maps(string hex)
    {
        CborReader reader = Read(hex);
        reader.EnterMap();
        while (reader.NextKey())
        {
            reader.Skip();
        }

        Assert.AreNotEqual(Status.Ok, reader.Status);
    }

    [TestMethod]
    public void Limits_the_depth_without_recursion()
    {
        foreach (int depth in new[] { 8, 9, 5000 })
        {
            Status expected = depth <= CborReader.DepthMax ? Status.Ok : Status.BadEncoding;
            CborReader reader = Read([.. Enumerable.Repeat((byte)0x81, depth), 0x00]);
            reader.Skip();
            Assert.AreEqual(expected, reader.Status, $"depth {depth}");
        }
    }

    [TestMethod]
    public void Refuses_counts_that_the_input_cannot_hold_at_once()
    {
        CborReader reader = Read("bbffffffffffffffff0000");
        Assert.IsFalse(reader.EnterMap());
        Assert.AreEqual(Status.NeedMoreData, reader.Status);
        reader = Read("9a7fffffff0000");
        Assert.IsFalse(reader.EnterArray());
        Assert.AreEqual(Status.NeedMoreData, reader.Status);
    }

    [TestMethod]
    public void Skips_exactly_what_another_encoder_wrote()
    {
        var random = new Random(20);
        for (int round = 0; round < 3000; round++)
        {
            var writer = new System.Formats.Cbor.CborWriter(CborConformanceMode.Lax);
            RandomCbor.WriteValue(writer, random, depth: 0);
            byte[] bytes = writer.Encode();
            CborReader reader = Read(bytes);
            reader.Skip();
            reader.ExpectEnd();
            Assert.AreEqual(Status.Ok, reader.Status, Convert.ToHexString(bytes));
        }
    }

    [TestMethod]
    public void Asks_for_more_for_every_proper_prefix()
    {
        var random = new Random(21);
        for (int round = 0; round < 300; round++)
        {
            var writer = new System.Formats.Cbor.CborWriter(CborConformanceMode.Lax);
            RandomCbor.WriteValue(writer, random, depth: 0);
            byte[] bytes = writer.Encode();
            for (int length = 0; length < bytes.Length; length++)
            {
                CborReader reader = Read(bytes[..length]);
                reader.Skip();
                Assert.AreEqual(Status.NeedMoreData, reader.Status, Convert.ToHexString(bytes) + " cut at " + length);
            }
        }
    }

    [TestMethod]
    public void Agrees_with_another_reader_about_every_mutation_it_accepts()
    {
        var random = new Random(22);
        int accepted = 0;
        for (int round = 0; round < 20000; round++)
        {
            var writer = new System.Formats.Cbor.CborWriter(CborConformanceMode.Lax);
            RandomCbor.WriteValue(writer, random, depth: 1);
            byte[] bytes = writer.Encode();
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            byte[] copy = [.. bytes];
            CborReader reader = Read(bytes);
            reader.Skip();
            if (reader.Status == Status.Ok)
            {
                accepted++;
                var other = new System.Formats.Cbor.CborReader(
                    copy, CborConformanceMode.Lax, allowMultipleRootLevelValues: true);
                Assert.AreEqual(reader.Position - 1, SkippedBytes(other, copy.Length), Convert.ToHexString(copy));
            }
        }

        Assert.IsGreaterThan(1000, accepted);
    }

    [TestMethod]
    public void Reads_back_the_values_another_encoder_wrote()
    {
        var random = new Random(23);
        for (int round = 0; round < 2000; round++)
        {
            uint number = (uint)random.NextInt64(1L << random.Next(1, 33));
            int integer = random.Next(int.MinValue, int.MaxValue);
            byte[] data = new byte[random.Next(300)];
            random.NextBytes(data);
            bool flag = random.Next(2) == 0;
            var writer = new System.Formats.Cbor.CborWriter(CborConformanceMode.Lax);
            writer.WriteStartArray(random.Next(2) == 0 ? null : 5);
            writer.WriteUInt64(number);
            writer.WriteInt64(integer);
            writer.WriteByteString(data);
            writer.WriteTextString("länge " + round);
            writer.WriteBoolean(flag);
            writer.WriteEndArray();
            byte[] bytes = writer.Encode();
            var reader = new CborReader();
            reader.Reset(bytes, 0, bytes.Length);
            reader.EnterArray();
            Assert.IsTrue(reader.NextItem());
            Assert.AreEqual(number, reader.ReadUnsigned());
            Assert.IsTrue(reader.NextItem());
            Assert.AreEqual(integer, reader.ReadInteger());
            Assert.IsTrue(reader.NextItem());
            Assert.IsTrue(reader.ReadBytes(out int offset, out int count));
            CollectionAssert.AreEqual(data, bytes[offset..(offset + count)]);
            Assert.IsTrue(reader.NextItem() && reader.ReadText(out offset, out count));
            Assert.AreEqual("länge " + round, Encoding.UTF8.GetString(bytes, offset, count));
            Assert.IsTrue(reader.NextItem());
            Assert.AreEqual(flag, reader.ReadBoolean());
            Assert.IsFalse(reader.NextItem());
            reader.ExpectEnd();
            Assert.AreEqual(Status.Ok, reader.Status);
        }
    }

    private static int SkippedBytes(System.Formats.Cbor.CborReader reader, int length)
    {
        reader.SkipValue(disableConformanceModeChecks: true);
        return length - reader.BytesRemaining;
    }
}
