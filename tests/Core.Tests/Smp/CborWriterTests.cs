using System.Formats.Cbor;
using Twinbank.Core.Smp;
using CborReader = System.Formats.Cbor.CborReader;
using CborWriter = Twinbank.Core.Smp.CborWriter;

namespace Twinbank.Core.Tests.Smp;

[TestClass]
public sealed class CborWriterTests
{
    [TestMethod]
    public void Writes_the_examples_of_the_recorded_device()
    {
        byte[] buffer = new byte[64];
        var writer = new CborWriter();
        writer.Reset(buffer, 3, 60);
        writer.BeginMap(2);
        writer.WriteText("off");
        writer.WriteUnsigned(1240);
        writer.WriteText("match");
        writer.WriteBoolean(true);
        Assert.AreEqual(Status.Ok, writer.Status);
        Assert.AreEqual("a2636f66661904d8656d61746368f5", Convert.ToHexStringLower(buffer.AsSpan(3, writer.Count)));
    }

    [TestMethod]
    public void Writes_what_another_reader_reads_back_in_strict_mode()
    {
        var random = new Random(30);
        byte[] buffer = new byte[1024];
        for (int round = 0; round < 2000; round++)
        {
            uint number = (uint)random.NextInt64(1L << random.Next(1, 33));
            int integer = random.Next(int.MinValue, int.MaxValue);
            byte[] data = new byte[random.Next(300)];
            random.NextBytes(data);
            var writer = new CborWriter();
            writer.Reset(buffer, 0, buffer.Length);
            writer.BeginMap(4);
            writer.WriteText("a");
            writer.WriteUnsigned(number);
            writer.WriteText("b");
            writer.WriteInteger(integer);
            writer.WriteText("c");
            writer.WriteBytes(data, 0, data.Length);
            writer.WriteText("d");
            writer.BeginArray();
            writer.WriteNull();
            writer.WriteText("text"u8.ToArray(), 0, 4);
            writer.End();

            var reader = new CborReader(buffer.AsMemory(0, writer.Count), CborConformanceMode.Strict);
            Assert.AreEqual(4, reader.ReadStartMap());
            reader.ReadTextString();
            Assert.AreEqual(number, reader.ReadUInt32());
            reader.ReadTextString();
            Assert.AreEqual(integer, reader.ReadInt32());
            reader.ReadTextString();
            CollectionAssert.AreEqual(data, reader.ReadByteString());
            reader.ReadTextString();
            Assert.IsNull(reader.ReadStartArray());
            reader.ReadNull();
            Assert.AreEqual("text", reader.ReadTextString());
            reader.ReadEndArray();
            reader.ReadEndMap();
            Assert.AreEqual(0, reader.BytesRemaining);
        }
    }

    [TestMethod]
    public void Uses_the_shortest_form_at_every_boundary()
    {
        byte[] buffer = new byte[16];
        foreach (uint value in new uint[] { 0, 23, 24, 255, 256, 65535, 65536, uint.MaxValue })
        {
            var writer = new CborWriter();
            writer.Reset(buffer, 0, buffer.Length);
            writer.WriteUnsigned(value);
            var other = new System.Formats.Cbor.CborWriter(CborConformanceMode.Canonical);
            other.WriteUInt32(value);
            CollectionAssert.AreEqual(other.Encode(), buffer[..writer.Count]);
        }
    }

    [TestMethod]
    public void Reports_a_buffer_that_is_too_small_at_every_size_and_stays_inside_it()
    {
        byte[] whole = new byte[64];
        int needed = WriteSample(whole, 0, 64, out _);
        for (int capacity = 0; capacity < needed; capacity++)
        {
            byte[] buffer = new byte[64];
            WriteSample(buffer, 4, capacity, out Status status);
            Assert.AreEqual(Status.NoSpace, status, $"{capacity} bytes");
            Assert.IsTrue(buffer.Take(4).Concat(buffer.Skip(4 + capacity)).All(b => b == 0), $"{capacity} bytes");
        }
    }

    private static int WriteSample(byte[] buffer, int offset, int capacity, out Status status)
    {
        var writer = new CborWriter();
        writer.Reset(buffer, offset, capacity);
        writer.BeginMap();
        writer.WriteText("hash");
        writer.WriteBytes([1, 2, 3, 4], 0, 4);
        writer.WriteText("n");
        writer.WriteUnsigned(0x12345678);
        writer.End();
        status = writer.Status;
        return writer.Count;
    }
}
