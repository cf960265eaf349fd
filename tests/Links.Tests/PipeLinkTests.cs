namespace Twinbank.Links.Tests;

[TestClass]
public sealed class PipeLinkTests
{
    [TestMethod]
    public async Task Carries_bytes_both_ways()
    {
        (PipeLink host, PipeLink device) = PipeLink.CreatePair();
        await LinkChecks.CarriesAllBytesBothWays(host, device, 200_000);
        await LinkChecks.CancelsReading(host);
    }

    [TestMethod]
    public async Task Gives_what_was_sent_before_the_other_end_closed_and_then_the_loss()
    {
        (PipeLink host, PipeLink device) = PipeLink.CreatePair();
        await device.WriteAsync(new byte[] { 1, 2 });
        await device.DisposeAsync();
        Assert.HasCount(2, await LinkChecks.ReadExactly(host, 2));
        await LinkChecks.LosesTheLink(() => host.ReadAsync(new byte[1]).AsTask());
        await LinkChecks.LosesTheLink(() => host.WriteAsync(new byte[1]).AsTask());
    }
}
