using Twinbank.Core;
using Twinbank.Core.Slots;
using Twinbank.Core.Smp;

namespace Twinbank.Agent.Tests;

/// <summary>Reading a slot back (specs/smp.md section 6.3).</summary>
[TestClass]
public sealed class SlotReadTests
{
    private readonly AgentBench _bench = new();

    private Dictionary<string, object?> Read(uint? slot, uint offset, uint? count)
        => _bench.Ask(
            SmpOperation.Read, SmpGroup.Twinbank, SmpGroup.TwinbankReadSlot,
            map =>
            {
                if (slot is { } number)
                {
                    map.WriteTextString("slot");
                    map.WriteUInt32(number);
                }

                map.WriteTextString("off");
                map.WriteUInt32(offset);
                if (count is { } bytes)
                {
                    map.WriteTextString("len");
                    map.WriteUInt32(bytes);
                }
            },
            version: 1);

    private static uint Refusal(Dictionary<string, object?> answer) => answer.Map("err").Number("rc");

    [TestMethod]
    [DataRow(0u)]
    [DataRow(1u)]
    [DataRow(2u)]
    public void Gives_every_byte_of_a_slot_in_pieces(uint slot)
    {
        Slot place = _bench.Storage.FindSlot((SlotId)slot)!;
        byte[] expected = new byte[place.Region.SizeBytes];
        Assert.AreEqual(Status.Ok, place.Region.Read(0, expected, 0, expected.Length));
        var found = new List<byte>();
        while (found.Count < expected.Length)
        {
            Dictionary<string, object?> answer = Read(slot, (uint)found.Count, (uint)(expected.Length - found.Count));
            Assert.AreEqual((uint)found.Count, answer.Number("off"));
            byte[] piece = Convert.FromHexString((string)answer["data"]!);
            Assert.IsNotEmpty(piece);
            found.AddRange(piece);
        }

        CollectionAssert.AreEqual(expected, found.ToArray());
    }

    [TestMethod]
    public void Gives_no_more_than_was_asked_for()
        => Assert.AreEqual(2 * 7, ((string)Read(0, 3, 7)["data"]!).Length);

    [TestMethod]
    [DataRow(null, 0u, 1u, Status.BadField)]
    [DataRow(0u, 0u, null, Status.BadField)]
    [DataRow(0u, 0u, 0u, Status.BadField)]
    [DataRow(3u, 0u, 1u, Status.NotFound)]
    [DataRow(255u, 0u, 1u, Status.NotFound)]
    [DataRow(256u, 0u, 1u, Status.NotFound)]
    [DataRow(258u, 0u, 1u, Status.NotFound)]
    [DataRow(0u, 0x10000u, 1u, Status.OutOfRange)]
    [DataRow(0u, 0xFFFFu, 2u, Status.OutOfRange)]
    [DataRow(0u, 1u, 0xFFFFFFFFu, Status.OutOfRange)]
    [DataRow(0u, 0xFFFFFFFFu, 1u, Status.OutOfRange)]
    [DataRow(0u, 0xFFFFFFFFu, 0xFFFFFFFFu, Status.OutOfRange)]
    public void Refuses_what_does_not_lie_in_a_slot(uint? slot, uint offset, uint? count, Status expected)
        => Assert.AreEqual((uint)expected, Refusal(Read(slot, offset, count)));

    [TestMethod]
    public void Changes_nothing()
    {
        byte[] before = _bench.Hardware.Parts[0].Contents.ToArray();
        Read(0, 0, 1024);
        Read(2, 0x10000, 1);
        CollectionAssert.AreEqual(before, _bench.Hardware.Parts[0].Contents.ToArray());
    }
}
