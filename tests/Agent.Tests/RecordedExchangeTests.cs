namespace Twinbank.Agent.Tests;

[TestClass]
public sealed class RecordedExchangeTests
{
    [TestMethod]
    public void Answers_an_independent_client_byte_for_byte()
    {
        var device = new McubootDevice();
        IReadOnlyList<(byte[] Request, byte[] Answer)> turns = RecordedExchange.Read();
        Assert.HasCount(11, turns);
        for (int turn = 0; turn < turns.Count; turn++)
        {
            Assert.IsFalse(device.ResetRequested, $"turn {turn}");
            Assert.AreEqual(
                Convert.ToHexStringLower(turns[turn].Answer),
                Convert.ToHexStringLower(device.Exchange(turns[turn].Request)), $"turn {turn}");
        }

        Assert.IsTrue(device.ResetRequested, "the last request was a reset");
    }

    [TestMethod]
    public void Answers_the_same_however_the_bytes_are_split()
    {
        IReadOnlyList<(byte[] Request, byte[] Answer)> turns = RecordedExchange.Read();
        for (int pieceBytes = 1; pieceBytes < 130; pieceBytes += 7)
        {
            var device = new McubootDevice();
            foreach ((byte[] request, byte[] answer) in turns)
            {
                byte[] given = [.. request.Chunk(pieceBytes).SelectMany(device.Exchange)];
                CollectionAssert.AreEqual(answer, given, $"pieces of {pieceBytes}");
            }
        }
    }

    [TestMethod]
    public void Answers_the_same_with_text_and_noise_between_the_lines()
    {
        var device = new McubootDevice();
        foreach ((byte[] request, byte[] answer) in RecordedExchange.Read())
        {
            IEnumerable<byte> noisy = Lines(request)
                .SelectMany(line => line.Concat("heartbeat 7\r\n\x06\x04\n"u8.ToArray()));
            CollectionAssert.AreEqual(answer, device.Exchange([.. "\x06 boot\n"u8.ToArray(), .. noisy]));
        }
    }

    private static IEnumerable<byte[]> Lines(byte[] stream)
    {
        int start = 0;
        for (int i = 0; i < stream.Length; i++)
        {
            if (stream[i] == (byte)'\n')
            {
                yield return stream[start..(i + 1)];
                start = i + 1;
            }
        }
    }
}
