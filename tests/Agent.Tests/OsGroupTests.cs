using Twinbank.Core.Smp;

namespace Twinbank.Agent.Tests;

[TestClass]
public sealed class OsGroupTests
{
    private readonly AgentBench _bench = new();

    [TestMethod]
    [DataRow(SmpOperation.Read)]
    [DataRow(SmpOperation.Write)]
    public void Echoes_to_reads_and_writes(SmpOperation operation)
        => Assert.AreEqual(
            "grüße",
            _bench.Ask(operation, SmpGroup.Os, SmpGroup.OsEcho, map =>
            {
                map.WriteTextString("d");
                map.WriteTextString("grüße");
            })["r"]);

    [TestMethod]
    public void Tells_its_buffers()
    {
        Dictionary<string, object?> answer = _bench.Ask(SmpOperation.Read, SmpGroup.Os, SmpGroup.OsParameters);
        Assert.AreEqual(((uint)AgentBench.RequestBytesMax, 4u),
            (answer.Number("buf_size"), answer.Number("buf_count")));
    }

    [TestMethod]
    public void Answers_before_it_asks_for_the_reset()
    {
        Assert.IsEmpty(_bench.Ask(SmpOperation.Write, SmpGroup.Os, SmpGroup.OsReset, map =>
        {
            map.WriteTextString("force");
            map.WriteUInt32(1);
        }));
        Assert.IsTrue(_bench.Service.ResetRequested);
    }

    [TestMethod]
    public void Does_not_reset_for_a_malformed_request()
    {
        byte[] packet = _bench.BuildPacket(SmpOperation.Write, SmpGroup.Os, SmpGroup.OsReset);
        packet[^1] = 0x61;
        _bench.AskRaw(packet);
        Assert.IsFalse(_bench.Service.ResetRequested);
    }
}
