using Twinbank.Errors;

namespace Twinbank.Links.Tests;

/// <summary>What every kind of link must do.</summary>
internal static class LinkChecks
{
    public static async Task CarriesAllBytesBothWays(ILink host, ILink device, int count)
    {
        byte[] down = new byte[count];
        byte[] up = new byte[count];
        new Random(1).NextBytes(down);
        new Random(2).NextBytes(up);
        Task<byte[]> received = ReadExactly(device, count);
        Task<byte[]> answered = ReadExactly(host, count);
        await Task.WhenAll(Write(host, down), Write(device, up));
        CollectionAssert.AreEqual(down, await received);
        CollectionAssert.AreEqual(up, await answered);
    }

    public static async Task<byte[]> ReadExactly(ILink link, int count)
    {
        byte[] buffer = new byte[count];
        int position = 0;
        while (position < count)
        {
            position += await link.ReadAsync(buffer.AsMemory(position)).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        }

        return buffer;
    }

    public static async Task LosesTheLink(Func<Task> action)
    {
        var exception = await Assert.ThrowsExactlyAsync<FirmwareException>(
            () => action().WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.AreEqual(ErrorCode.LinkLost, exception.Code);
    }

    public static async Task Fails(ErrorCode code, string text, Func<Task> action)
    {
        var exception = await Assert.ThrowsExactlyAsync<FirmwareException>(action);
        Assert.AreEqual(code, exception.Code);
        Assert.Contains(text, exception.Message);
    }

    public static async Task CancelsReading(ILink link)
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        try
        {
            await link.ReadAsync(new byte[1], cancellation.Token).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
            Assert.Fail("nothing was sent");
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static async Task Write(ILink link, byte[] bytes)
    {
        for (int i = 0; i < bytes.Length; i += 1000)
        {
            await link.WriteAsync(bytes.AsMemory(i, Math.Min(1000, bytes.Length - i)));
        }
    }
}
