using Twinbank.Core.Smp;
using CborReader = Twinbank.Core.Smp.CborReader;
using CborWriter = Twinbank.Core.Smp.CborWriter;

namespace Twinbank.Core.Tests.Smp;

[TestClass]
public sealed class SmpEndpointTests
{
    private const int RequestBytesMax = 128;
    private const int ResponseBytesMax = 96;

    private readonly RecordingLink _link = new();
    private readonly ScriptedHandler _handler = new();
    private readonly SmpEndpoint _endpoint;

    public SmpEndpointTests()
        => _endpoint = new SmpEndpoint(RequestBytesMax, ResponseBytesMax, [_handler], _link, null);

    private string Answer(string requestHex, SmpFraming framing = SmpFraming.Console)
    {
        _link.Bytes.Clear();
        byte[] stream = Frames.Encode(Convert.FromHexString(requestHex.Replace(" ", "")), framing);
        _endpoint.Accept(stream, 0, stream.Length);
        var decoder = new SmpFrameDecoder(1024, null);
        List<byte[]> packets = Frames.Decode(decoder, _link.Bytes);
        Assert.IsLessThanOrEqualTo(1, packets.Count);
        if (packets.Count == 1)
        {
            Assert.AreEqual(framing, decoder.Framing, "answers in the framing of the request");
        }

        return packets.Count == 0 ? "nothing" : Convert.ToHexStringLower(packets[0]);
    }

    [TestMethod]
    [DataRow(SmpFraming.Console)]
    [DataRow(SmpFraming.Compact)]
    public void Answers_with_group_sequence_and_command_of_the_request(SmpFraming framing)
        => Assert.AreEqual("0300000100414205a0", Answer("02 00 0001 0041 42 05 a0", framing));

    [TestMethod]
    [DataRow("00 00 0001 0041 07 05 a0", "0100000100410705a0", DisplayName = "read")]
    [DataRow("00 00 0000 0041 07 05", "0100000100410705a0", DisplayName = "without a payload")]
    [DataRow("08 00 0001 0041 07 05 a0", "0900000100410705a0", DisplayName = "version 1")]
    [DataRow("e2 ff 0001 0041 07 05 a0", "0300000100410705a0", DisplayName = "reserved bits and flags set")]
    [DataRow("02 00 0001 0041 07 05 a0ffff", "0300000100410705a0", DisplayName = "bytes after the payload")]
    [DataRow("02 00 0002 0041 07 05 bfff", "0300000100410705a0", DisplayName = "indefinite map")]
    public void Accepts_the_forms_that_clients_send(string request, string expected)
        => Assert.AreEqual(expected, Answer(request));

    [TestMethod]
    [DataRow("01 00 0001 0041 07 05 a0", DisplayName = "read response")]
    [DataRow("03 00 0001 0041 07 05 a0", DisplayName = "write response")]
    [DataRow("07 00 0001 0041 07 05 a0", DisplayName = "unknown operation")]
    public void Never_answers_an_answer(string request)
    {
        Assert.AreEqual("nothing", Answer(request));
        Assert.AreEqual(0, _handler.Calls);
    }

    [TestMethod]
    [DataRow("02 00 0001 0042 07 05 a0", "03000005 0042 07 05 a1 627263 08", DisplayName = "unknown group")]
    [DataRow("02 00 0001 0041 07 63 a0", "03000005 0041 07 63 a1 627263 08", DisplayName = "unknown command")]
    [DataRow("0a 00 0001 0042 07 05 a0", "0b000005 0042 07 05 a1 627263 08", DisplayName = "unknown group, version 1")]
    [DataRow("02 00 0009 0041 07 05 a0", "03000005 0041 07 05 a1 627263 03", DisplayName = "length over the packet")]
    [DataRow("02 00 0001 0041 07 05 a1", "03000005 0041 07 05 a1 627263 03", DisplayName = "cut CBOR")]
    [DataRow("12 00 0001 0041 07 05 a0", "0b000005 0041 07 05 a1 627263 0d", DisplayName = "version 2")]
    public void Answers_protocol_errors_with_a_plain_result(string request, string expected)
        => Assert.AreEqual(expected.Replace(" ", ""), Answer(request));

    [TestMethod]
    public void Tells_a_refusal_to_version_0_as_the_nearest_result_and_to_version_1_as_our_status()
    {
        _handler.Result = Status.WrongState;
        Assert.AreEqual("0300000500410705a162726306", Answer("02 00 0001 0041 07 05 a0"));
        Assert.AreEqual("0b00001300410705" + "a163657272a26567726f75701840627263" + "1826",
            Answer("0a 00 0001 0041 07 05 a0"));
    }

    [TestMethod]
    public void Says_so_when_a_request_is_longer_than_its_buffer()
    {
        byte[] request = Frames.Packet(new Random(1), RequestBytesMax - SmpHeader.SizeBytes + 1);
        Assert.EndsWith("a162726307", Answer(Convert.ToHexString(request)));
        Assert.EndsWith("a162726307", Answer(Convert.ToHexString(request), SmpFraming.Compact));
        Assert.AreEqual(0, _handler.Calls);
    }

    [TestMethod]
    public void Says_so_when_an_answer_is_longer_than_its_buffer()
    {
        _handler.AnswerTextBytes = ResponseBytesMax;
        Assert.EndsWith("a162726307", Answer("02 00 0001 0041 07 05 a0"));
    }

    [TestMethod]
    public void Answers_requests_sent_ahead_in_their_order()
    {
        var stream = new List<byte>();
        for (byte sequence = 0; sequence < 5; sequence++)
        {
            stream.AddRange(Frames.Encode([2, 0, 0, 1, 0, 0x41, sequence, 5, 0xA0], SmpFraming.Console));
        }

        _endpoint.Accept([.. stream], 0, stream.Count);
        List<byte[]> answers = Frames.Decode(new SmpFrameDecoder(1024, null), _link.Bytes);
        CollectionAssert.AreEqual(new byte[] { 0, 1, 2, 3, 4 }, answers.Select(answer => answer[6]).ToArray());
    }

    [TestMethod]
    public void Allocates_nothing_after_construction()
    {
        byte[] stream = Frames.Encode(Convert.FromHexString("0200000100410705a0"), SmpFraming.Console);
        _link.Bytes.Capacity = 100_000;
        _endpoint.Accept(stream, 0, stream.Length);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            _endpoint.Accept(stream, 0, stream.Length);
        }

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.AreEqual(101, _endpoint.AnsweredRequests);
    }

    [TestMethod]
    public void Answers_at_most_once_for_any_mutated_request()
    {
        byte[] request = Convert.FromHexString("0200000c00410705" + "a2636f6666182a646461746140");
        for (int i = 0; i < request.Length; i++)
        {
            for (int value = 0; value < 256; value++)
            {
                byte[] mutated = [.. request];
                mutated[i] = (byte)value;
                _ = Answer(Convert.ToHexString(mutated));
            }
        }
    }

    private sealed class RecordingLink : LinkSink
    {
        public List<byte> Bytes { get; } = [];

        public override void Write(byte[] data, int offset, int count)
        {
            for (int i = 0; i < count; i++)
            {
                Bytes.Add(data[offset + i]);
            }
        }
    }

    private sealed class ScriptedHandler : SmpHandler
    {
        private readonly byte[] _text = new byte[256];

        public Status Result { get; set; } = Status.Ok;

        public int AnswerTextBytes { get; set; }

        public int Calls { get; private set; }

        public override ushort Group => 0x41;

        public override Status Handle(
            SmpOperation operation, byte command, CborReader arguments, CborWriter response)
        {
            Calls++;
            if (command != 5)
            {
                return Status.NotSupported;
            }

            arguments.EnterMap();
            while (arguments.NextKey())
            {
                arguments.Skip();
            }

            response.BeginMap(AnswerTextBytes > 0 ? 1 : 0);
            if (AnswerTextBytes > 0)
            {
                response.WriteText("t");
                response.WriteText(_text, 0, AnswerTextBytes);
            }

            return Result;
        }
    }
}
