using Twinbank.Errors;
using Twinbank.Links;
using Twinbank.Simulation.Links;
using Twinbank.Simulation.Time;

namespace Twinbank.Simulation.Tests.Links;

[TestClass]
public sealed class LossyLinkTests
{
    const int Count = 20_000;

    [TestMethod]
    public async Task A_line_without_faults_carries_every_byte()
    {
        byte[] arrived = await SendAsync(LineFaults.None, seed: 1);
        CollectionAssert.AreEqual(Sent(), arrived);
    }

    [TestMethod]
    public async Task Drops_about_as_many_bytes_as_asked()
    {
        byte[] arrived = await SendAsync(new LineFaults { DropPerMillion = 10_000 }, seed: 2);
        Assert.IsInRange(Count - 260, Count - 140, arrived.Length);
    }

    [TestMethod]
    public async Task Doubles_about_as_many_bytes_as_asked()
    {
        byte[] arrived = await SendAsync(new LineFaults { DuplicatePerMillion = 10_000 }, seed: 3);
        Assert.IsInRange(Count + 140, Count + 260, arrived.Length);
    }

    [TestMethod]
    public async Task Turns_single_bits()
    {
        byte[] sent = Sent();
        byte[] arrived = await SendAsync(new LineFaults { FlipPerMillion = 10_000 }, seed: 4);
        Assert.HasCount(Count, arrived);
        int[] flips = [.. sent.Zip(arrived, (a, b) => int.PopCount(a ^ b)).Where(bits => bits > 0)];
        Assert.IsInRange(140, 260, flips.Length);
        Assert.IsTrue(flips.All(bits => bits == 1));
    }

    [TestMethod]
    public async Task The_same_seed_damages_the_same_bytes()
    {
        var faults = new LineFaults { DropPerMillion = 5_000, DuplicatePerMillion = 5_000, FlipPerMillion = 5_000 };
        byte[] first = await SendAsync(faults, seed: 5);
        CollectionAssert.AreEqual(first, await SendAsync(faults, seed: 5));
        CollectionAssert.AreNotEqual(first, await SendAsync(faults, seed: 6));
    }

    [TestMethod]
    public async Task Each_direction_has_its_own_faults()
    {
        (ILink host, ILink device) = LossyLink.CreatePair(
            LineFaults.None, new LineFaults { FlipPerMillion = 1_000_000 }, seed: 7);
        byte[] buffer = new byte[4];
        await host.WriteAsync(new byte[] { 1, 2 });
        Assert.AreEqual(2, await device.ReadAsync(buffer));
        Assert.AreEqual(1, buffer[0]);
        await device.WriteAsync(new byte[] { 1 });
        Assert.AreEqual(1, await host.ReadAsync(buffer));
        Assert.AreEqual(1, int.PopCount(buffer[0] ^ 1));
    }

    [TestMethod]
    public async Task A_delayed_piece_arrives_when_the_clock_says()
    {
        var clock = new SimulatedClock();
        (ILink host, ILink device) = LossyLink.CreatePair(
            LineFaults.None, new LineFaults { Delay = TimeSpan.FromSeconds(2) }, seed: 8, clock);
        await device.WriteAsync(new byte[] { 9 });
        Task<int> read = host.ReadAsync(new byte[1]).AsTask();
        clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.IsFalse(read.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.AreEqual(1, await read);
    }

    [TestMethod]
    public async Task A_cut_line_delivers_what_came_before_and_then_is_lost_at_both_ends()
    {
        (ILink host, ILink device) = LossyLink.CreatePair(
            new LineFaults { DisconnectAfterBytes = 3 }, LineFaults.None, seed: 9);
        await AssertLostAsync(() => host.WriteAsync(new byte[] { 1, 2, 3, 4 }).AsTask());
        byte[] buffer = new byte[8];
        Assert.AreEqual(3, await device.ReadAsync(buffer));
        await AssertLostAsync(() => device.ReadAsync(buffer).AsTask());
        await AssertLostAsync(() => host.ReadAsync(buffer).AsTask());
        await AssertLostAsync(() => host.WriteAsync(buffer).AsTask());
    }

    [TestMethod]
    public async Task Pulling_the_plug_wakes_a_waiting_reader()
    {
        (ILink host, ILink device) = LossyLink.CreatePair(LineFaults.None, LineFaults.None, seed: 10);
        Task<int> read = device.ReadAsync(new byte[1]).AsTask();
        await ((LossyLink)host).DisconnectAsync();
        await AssertLostAsync(() => read);
    }

    static async Task AssertLostAsync(Func<Task> use)
    {
        FirmwareException error = await Assert.ThrowsExactlyAsync<FirmwareException>(use);
        Assert.AreEqual(ErrorCode.LinkLost, error.Code);
    }

    static byte[] Sent()
    {
        byte[] bytes = new byte[Count];
        new SeededRandom(99).Fill(bytes);
        return bytes;
    }

    static async Task<byte[]> SendAsync(LineFaults faults, ulong seed)
    {
        (ILink host, ILink device) = LossyLink.CreatePair(faults, LineFaults.None, seed);
        Task<byte[]> received = ReceiveAllAsync(device);
        byte[] sent = Sent();
        for (int offset = 0; offset < sent.Length; offset += 500)
        {
            await host.WriteAsync(sent.AsMemory(offset, 500));
        }

        await host.DisposeAsync();
        return await received;
    }

    static async Task<byte[]> ReceiveAllAsync(ILink link)
    {
        using var all = new MemoryStream();
        byte[] buffer = new byte[777];
        try
        {
            while (true)
            {
                all.Write(buffer, 0, await link.ReadAsync(buffer));
            }
        }
        catch (FirmwareException)
        {
            return all.ToArray();
        }
    }
}
