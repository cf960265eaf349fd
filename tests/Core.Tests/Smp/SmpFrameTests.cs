using System.Text;
using Twinbank.Core.Smp;

namespace Twinbank.Core.Tests.Smp;

[TestClass]
public sealed class SmpFrameTests
{
    // Sent by the mcumgr command line client for "echo hello" (recorded on a pseudo terminal).
    private const string EchoLine = "\x06\tABMCAAAJAABCAKFhZGVoZWxsb8EJ\n";
    private static readonly byte[] s_echoPacket = Convert.FromHexString("0200000900004200a161646568656c6c6f");

    private const int PacketBytesMax = 600;

    private static byte[] Bytes(string latin1) => Encoding.Latin1.GetBytes(latin1);

    [TestMethod]
    public void Gives_the_check_value_of_the_crc_catalogue()
        => Assert.AreEqual((ushort)0x31C3, Crc16.Compute("123456789"u8.ToArray(), 0, 9));

    [TestMethod]
    public void Decodes_the_frame_of_an_independent_client()
    {
        var decoder = new SmpFrameDecoder(PacketBytesMax, null);
        byte[] packet = Frames.Decode(decoder, Bytes(EchoLine)).Single();
        CollectionAssert.AreEqual(s_echoPacket, packet);
        Assert.AreEqual(SmpFraming.Console, decoder.Framing);
    }

    [TestMethod]
    public void Encodes_the_frame_of_an_independent_client()
        => CollectionAssert.AreEqual(Bytes(EchoLine), Frames.Encode(s_echoPacket, SmpFraming.Console));

    [TestMethod]
    [DataRow(SmpFraming.Console)]
    [DataRow(SmpFraming.Compact)]
    public void Carries_packets_of_every_length(SmpFraming framing)
    {
        var random = new Random(1);
        var decoder = new SmpFrameDecoder(PacketBytesMax + 8, null);
        for (int length = 0; length <= PacketBytesMax; length++)
        {
            byte[] packet = Frames.Packet(random, length);
            byte[] stream = Frames.Encode(packet, framing);
            CollectionAssert.AreEqual(packet, Frames.Decode(decoder, stream).Single(), $"{length} bytes");
            Assert.AreEqual(framing, decoder.Framing);
        }

        Assert.AreEqual(0, decoder.DroppedFrames);
    }

    [TestMethod]
    [DataRow(0x00)]
    [DataRow(0x0A)]
    [DataRow(0x06)]
    [DataRow(0xFF)]
    public void Carries_runs_of_one_value_in_compact_frames(int value)
    {
        for (int length = 245; length < 530; length++)
        {
            byte[] packet = new byte[length];
            Array.Fill(packet, (byte)value);
            byte[] stream = Frames.Encode(packet, SmpFraming.Compact);
            Assert.AreEqual(1, stream.Count(b => b == 0x0A), "no line end inside");
            CollectionAssert.AreEqual(
                packet, Frames.Decode(new SmpFrameDecoder(600, null), stream).Single(), $"{length} bytes");
        }
    }

    [TestMethod]
    public void Makes_the_compact_frame_of_the_specification()
        => Assert.AreEqual(
            "060c08080b080b0d0b480faac6ab0a",
            Convert.ToHexStringLower(
                Frames.Encode(Convert.FromHexString("0200000100014205a0"), SmpFraming.Compact)));

    [TestMethod]
    public void Splits_console_frames_into_lines_of_93_raw_bytes()
    {
        string text = Encoding.Latin1.GetString(Frames.Encode(new byte[200], SmpFraming.Console));
        string[] lines = text.Split('\n');
        Assert.HasCount(4, lines);
        Assert.StartsWith("\x06\x09", lines[0]);
        Assert.StartsWith("\x04\x14", lines[1]);
        Assert.StartsWith("\x04\x14", lines[2]);
        Assert.AreEqual(126, lines[0].Length);
        byte[] raw = [.. lines.Take(3).SelectMany(line => Convert.FromBase64String(line[2..]))];
        Assert.HasCount(204, raw);
        CollectionAssert.AreEqual(new byte[] { 0, 202 }, raw[..2]);
    }

    [TestMethod]
    [DataRow(SmpFraming.Console)]
    [DataRow(SmpFraming.Compact)]
    public void Gives_nothing_for_any_proper_prefix_and_recovers_with_the_next_packet(SmpFraming framing)
    {
        byte[] packet = Frames.Packet(new Random(2), 250);
        byte[] stream = Frames.Encode(packet, framing);
        for (int length = 0; length < stream.Length; length++)
        {
            var decoder = new SmpFrameDecoder(PacketBytesMax, null);
            Assert.IsEmpty(Frames.Decode(decoder, stream.Take(length)), $"{length} bytes");
            // A compact line that lost its end swallows the line that follows; an empty line ends it.
            byte[] recovery = framing == SmpFraming.Compact ? [0x0A, .. stream] : stream;
            CollectionAssert.AreEqual(packet, Frames.Decode(decoder, recovery).Last(), $"{length} bytes, then all");
        }
    }

    [TestMethod]
    [DataRow(SmpFraming.Console)]
    [DataRow(SmpFraming.Compact)]
    public void Survives_every_changed_byte_and_never_hands_out_a_wrong_packet(SmpFraming framing)
    {
        byte[] packet = Frames.Packet(new Random(3), 120);
        byte[] stream = Frames.Encode(packet, framing);
        for (int i = 0; i < stream.Length; i++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] damaged = [.. stream];
                damaged[i] ^= (byte)(1 << bit);
                var decoder = new SmpFrameDecoder(PacketBytesMax, null);
                foreach (byte[] found in Frames.Decode(decoder, damaged))
                {
                    CollectionAssert.AreEqual(packet, found, $"byte {i} bit {bit}");
                }

                CollectionAssert.AreEqual(
                    packet, Frames.Decode(decoder, [0x0A, .. stream]).Last(), $"after byte {i} bit {bit}");
            }
        }
    }

    [TestMethod]
    [DataRow(SmpFraming.Console)]
    [DataRow(SmpFraming.Compact)]
    public void Never_hands_out_a_packet_from_a_stream_with_a_byte_lost_or_doubled(SmpFraming framing)
    {
        byte[] packet = Frames.Packet(new Random(4), 120);
        byte[] stream = Frames.Encode(packet, framing);
        for (int i = 0; i < stream.Length; i++)
        {
            byte[] lost = [.. stream.Take(i), .. stream.Skip(i + 1)];
            byte[] doubled = [.. stream.Take(i + 1), .. stream.Skip(i)];
            foreach (byte[] damaged in new[] { lost, doubled })
            {
                var decoder = new SmpFrameDecoder(PacketBytesMax, null);
                foreach (byte[] found in Frames.Decode(decoder, damaged))
                {
                    CollectionAssert.AreEqual(packet, found, $"at byte {i}");
                }
            }
        }
    }

    [TestMethod]
    public void Hands_text_between_and_inside_packets_to_the_sink()
    {
        byte[] packet = Frames.Packet(new Random(5), 250);
        string[] lines = Encoding.Latin1.GetString(Frames.Encode(packet, SmpFraming.Console)).Split('\n');
        var text = new TextCollector();
        var decoder = new SmpFrameDecoder(PacketBytesMax, text);
        string stream = "boot v1\r\n" + string.Join("\nbeat 1\n\n", lines[..^1]) + "\nbeat\x04 2\x06\n";
        CollectionAssert.AreEqual(packet, Frames.Decode(decoder, Bytes(stream)).Single());
        Assert.AreEqual("boot v1\r\n" + string.Concat(Enumerable.Repeat("beat 1\n\n", lines.Length - 2))
            + "beat\x04 2\x06\n", text.Text);
    }

    [TestMethod]
    public void Finds_a_frame_that_follows_text_without_a_line_end()
    {
        var text = new TextCollector();
        var decoder = new SmpFrameDecoder(PacketBytesMax, text);
        CollectionAssert.AreEqual(s_echoPacket, Frames.Decode(decoder, Bytes("> \x06\x04\x06" + EchoLine)).Single());
        Assert.AreEqual("> \x06\x04\x06", text.Text);
    }

    [TestMethod]
    public void Shows_the_text_that_broke_into_a_frame()
    {
        var text = new TextCollector();
        var decoder = new SmpFrameDecoder(PacketBytesMax, text);
        Assert.IsEmpty(Frames.Decode(decoder, Bytes(EchoLine[..14] + "*** fault at 0x80000010\n")));
        Assert.AreEqual("*** fault at 0x80000010\n", text.Text);
        Assert.AreEqual(1, decoder.DroppedFrames);
        Assert.HasCount(1, Frames.Decode(decoder, Bytes(EchoLine)));
    }

    [TestMethod]
    [DataRow("\x06\tABMCAAAJAABCAKFhZGVoZWxsb8EK\n", DisplayName = "wrong checksum")]
    [DataRow("\x06\tABQCAAAJAABCAKFhZGVoZWxsb8EJ\n", DisplayName = "length one too large")]
    [DataRow("\x06\tABICAAAJAABCAKFhZGVoZWxsb8EJ\n", DisplayName = "length one too small")]
    [DataRow("\x06\tABMCAAAJAABCAKFhZGVoZWxsb8E\n", DisplayName = "group cut short")]
    [DataRow("\x06\tABMCAAAJAABCAKFhZGVoZWxsb8E=J\n", DisplayName = "text after padding")]
    [DataRow("\x06\tABMCAAAJAABCAKFhZGVoZWxsb8==EJ==\n", DisplayName = "padding inside")]
    [DataRow("\x06\t====\n", DisplayName = "only padding")]
    [DataRow("\x06\t\n", DisplayName = "empty line")]
    [DataRow("\x04\x14" + "ABMCAAAJAABCAKFhZGVoZWxsb8EJ\n", DisplayName = "continuation without a start")]
    [DataRow("\x06\x0C\n", DisplayName = "empty compact line")]
    [DataRow("\x06\x0C\x09\n", DisplayName = "compact line that ends inside a run")]
    public void Drops_what_is_no_frame(string stream)
    {
        var decoder = new SmpFrameDecoder(PacketBytesMax, null);
        Assert.IsEmpty(Frames.Decode(decoder, Bytes(stream)));
        Assert.HasCount(1, Frames.Decode(decoder, Bytes(EchoLine)));
    }

    [TestMethod]
    public void Accepts_carriage_returns_at_line_ends()
    {
        var decoder = new SmpFrameDecoder(PacketBytesMax, null);
        Assert.HasCount(1, Frames.Decode(decoder, Bytes(EchoLine.Replace("\n", "\r\n"))));
    }

    [TestMethod]
    [DataRow(SmpFraming.Console)]
    [DataRow(SmpFraming.Compact)]
    public void Reports_a_packet_over_the_limit_and_keeps_its_header(SmpFraming framing)
    {
        const int Limit = 64;
        var decoder = new SmpFrameDecoder(Limit, null);
        byte[] atLimit = Frames.Packet(new Random(6), Limit - SmpHeader.SizeBytes);
        byte[] over = Frames.Packet(new Random(7), Limit - SmpHeader.SizeBytes + 1);
        Assert.HasCount(1, Frames.Decode(decoder, Frames.Encode(atLimit, framing)));
        var events = Frames.Encode(over, framing).Select(decoder.Accept).ToList();
        Assert.AreEqual(SmpFrameEvent.Oversized, events[^1]);
        Assert.IsTrue(events.SkipLast(1).All(e => e == SmpFrameEvent.None));
        CollectionAssert.AreEqual(over[..SmpHeader.SizeBytes], decoder.Packet[..SmpHeader.SizeBytes]);
        Assert.AreEqual(over.Length, decoder.PacketBytes);
    }

    [TestMethod]
    public void Survives_random_noise_between_frames()
    {
        var random = new Random(8);
        var decoder = new SmpFrameDecoder(PacketBytesMax, new TextCollector());
        byte[] alphabet = [0x06, 0x09, 0x0C, 0x04, 0x14, 0x0A, 0x0D, (byte)'A', (byte)'=', 0xFF, 0];
        for (int round = 0; round < 3000; round++)
        {
            byte[] noise = new byte[random.Next(40)];
            for (int i = 0; i < noise.Length; i++)
            {
                noise[i] = random.Next(2) == 0 ? alphabet[random.Next(alphabet.Length)] : (byte)random.Next(256);
            }

            byte[] packet = Frames.Packet(random, random.Next(200));
            SmpFraming framing = random.Next(2) == 0 ? SmpFraming.Console : SmpFraming.Compact;
            var found = Frames.Decode(decoder, [.. noise, 0x0A, .. Frames.Encode(packet, framing)]);
            CollectionAssert.AreEqual(packet, found[^1], $"round {round}");
        }
    }

    [TestMethod]
    public void Survives_an_endless_compact_line()
    {
        var decoder = new SmpFrameDecoder(64, null);
        decoder.Accept(0x06);
        decoder.Accept(0x0C);
        for (int i = 0; i < 1_000_000; i++)
        {
            Assert.AreEqual(SmpFrameEvent.None, decoder.Accept(0xF5));
        }

        Assert.HasCount(1, Frames.Decode(decoder, [0x0A, .. Bytes(EchoLine)]));
    }
}
