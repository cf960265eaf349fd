using Twinbank.Errors;

namespace Twinbank.Links.Tests;

[TestClass]
public sealed class ReconnectingLinkTests
{
    private readonly List<PipeLink> _devices = [];

    private Task<ILink> Open(CancellationToken cancellation)
    {
        (PipeLink host, PipeLink device) = PipeLink.CreatePair();
        _devices.Add(device);
        return Task.FromResult<ILink>(host);
    }

    private static Task<ILink> Fail(ErrorCode code)
        => throw new FirmwareException(code, ("link", "x"), ("reason", "y"), ("holder", "z"));

    private static Task<ReconnectingLink> OpenAsync(Func<CancellationToken, Task<ILink>> open, double patienceSeconds)
        => ReconnectingLink.OpenAsync(open, TimeSpan.FromSeconds(patienceSeconds), TimeProvider.System);

    [TestMethod]
    public async Task Goes_on_reading_and_writing_after_a_loss()
    {
        await using ReconnectingLink link = await OpenAsync(Open, 20);
        int reconnections = 0;
        link.Reconnected += () => reconnections++;
        await _devices[0].WriteAsync(new byte[] { 1 });
        Assert.AreEqual(1, (await LinkChecks.ReadExactly(link, 1))[0]);

        await _devices[0].DisposeAsync();
        await link.WriteAsync(new byte[] { 2 });
        Assert.AreEqual(1, reconnections);
        await link.WriteAsync(new byte[] { 3 });
        Assert.AreEqual(3, (await LinkChecks.ReadExactly(_devices[1], 1))[0]);
    }

    [TestMethod]
    public async Task Waits_for_a_device_that_is_not_there_yet()
    {
        int attempts = 0;
        await using ReconnectingLink link = await OpenAsync(
            cancellation => ++attempts < 3 ? Fail(ErrorCode.PortNotFound) : Open(cancellation), 20);
        Assert.AreEqual(3, attempts);
    }

    [TestMethod]
    public async Task Gives_up_when_patience_ends()
        => await LinkChecks.Fails(ErrorCode.PortNotFound, "x", () => OpenAsync(_ => Fail(ErrorCode.PortNotFound), 0.2));

    [TestMethod]
    public async Task Does_not_wait_for_what_waiting_cannot_mend()
        => await LinkChecks.Fails(ErrorCode.PortDenied, "x", () => OpenAsync(_ => Fail(ErrorCode.PortDenied), 1000));

    [TestMethod]
    public async Task Reports_the_loss_when_the_device_does_not_come_back()
    {
        bool gone = false;
        await using ReconnectingLink link = await OpenAsync(
            cancellation => gone ? Fail(ErrorCode.PortNotFound) : Open(cancellation), 0.2);
        gone = true;
        await _devices[0].DisposeAsync();
        await LinkChecks.LosesTheLink(() => link.ReadAsync(new byte[1]).AsTask());
    }

    [TestMethod]
    public async Task Reports_a_busy_port_when_every_connection_is_closed_at_once()
    {
        await using ReconnectingLink link = await OpenAsync(
            async _ =>
            {
                (PipeLink host, PipeLink device) = PipeLink.CreatePair();
                await device.DisposeAsync();
                return host;
            },
            1000);
        await LinkChecks.Fails(
            ErrorCode.PortBusy, "closes each connection", () => link.ReadAsync(new byte[1]).AsTask());
    }

    [TestMethod]
    public async Task Can_be_closed_while_it_waits()
    {
        bool gone = false;
        ReconnectingLink link = await OpenAsync(
            cancellation => gone ? Fail(ErrorCode.PortNotFound) : Open(cancellation), 1000);
        gone = true;
        Task<int> read = link.ReadAsync(new byte[1]).AsTask();
        await _devices[0].DisposeAsync();
        await link.DisposeAsync();
        await LinkChecks.LosesTheLink(() => read);
    }
}
