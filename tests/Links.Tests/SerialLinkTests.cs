using System.Diagnostics;
using Twinbank.Errors;

namespace Twinbank.Links.Tests;

[TestClass]
public sealed class SerialLinkTests
{
    [TestMethod]
    [DataRow("")]
    [DataRow("?baud=921600")]
    public async Task Carries_bytes_over_a_pseudo_terminal(string options)
    {
        using var folder = new TemporaryFolder();
        using PtyPair pty = await PtyPair.StartAsync(folder.Path);
        await using ILink host = await LinkAddress.Parse(pty.Port + options).OpenAsync();
        await using ILink device = await LinkAddress.Parse(pty.Device).OpenAsync();
        await LinkChecks.CarriesAllBytesBothWays(host, device, 50_000);
    }

    [TestMethod]
    public async Task Stops_reading_when_asked_and_reads_on_afterwards()
    {
        using var folder = new TemporaryFolder();
        using PtyPair pty = await PtyPair.StartAsync(folder.Path);
        await using ILink host = await LinkAddress.Parse(pty.Port).OpenAsync();
        await using ILink device = await LinkAddress.Parse(pty.Device).OpenAsync();
        await LinkChecks.CancelsReading(host);
        await LinkChecks.CarriesAllBytesBothWays(host, device, 1000);
    }

    [TestMethod]
    public async Task Refuses_a_port_that_is_open_already_and_names_the_holder()
    {
        using var folder = new TemporaryFolder();
        using PtyPair pty = await PtyPair.StartAsync(folder.Path);
        await using (await LinkAddress.Parse(pty.Port).OpenAsync())
        {
            await LinkChecks.Fails(ErrorCode.PortBusy, $"process {Environment.ProcessId}",
                () => LinkAddress.Parse(pty.Port).OpenAsync());
        }

        await using ILink again = await LinkAddress.Parse(pty.Port).OpenAsync();
        Assert.AreEqual("serial:" + pty.Port, again.Name);
    }

    [TestMethod]
    public async Task Refuses_a_port_that_another_program_locked()
    {
        using var folder = new TemporaryFolder();
        using PtyPair pty = await PtyPair.StartAsync(folder.Path);
        using var other = Process.Start(new ProcessStartInfo("flock")
        {
            ArgumentList = { pty.Port, "-c", $"touch {folder.File("locked")} && exec sleep 60" },
        })!;
        try
        {
            await Wait.UntilAsync(() => File.Exists(folder.File("locked")), "the other program locks the port");
            await LinkChecks.Fails(ErrorCode.PortBusy, "sleep", () => LinkAddress.Parse(pty.Port).OpenAsync());
        }
        finally
        {
            other.Kill(entireProcessTree: true);
        }
    }

    [TestMethod]
    public async Task Says_so_when_there_is_no_such_port()
        => await LinkChecks.Fails(ErrorCode.PortNotFound, "no port serial:/dev/ttyNone9",
            () => LinkAddress.Parse("/dev/ttyNone9").OpenAsync());

    [TestMethod]
    public async Task Says_so_when_the_path_is_no_port()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("plain"), "text");
        await LinkChecks.Fails(ErrorCode.LinkFailed, "not a serial port",
            () => LinkAddress.Parse("serial:" + folder.File("plain")).OpenAsync());
    }

    [TestMethod]
    public async Task Says_so_when_the_port_may_not_be_opened()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Inconclusive("The tests run as root, whom no permission stops.");
            return;
        }

        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("closed"), "");
        File.SetUnixFileMode(folder.File("closed"), UnixFileMode.None);
        await LinkChecks.Fails(ErrorCode.PortDenied, "permission denied",
            () => LinkAddress.Parse("serial:" + folder.File("closed")).OpenAsync());
    }

    [TestMethod]
    public async Task Tells_when_a_modem_line_that_was_asked_for_does_not_exist_and_leaves_the_port_free()
    {
        using var folder = new TemporaryFolder();
        using PtyPair pty = await PtyPair.StartAsync(folder.Path);
        await LinkChecks.Fails(ErrorCode.LinkFailed, "Inappropriate ioctl",
            () => LinkAddress.Parse(pty.Port + "?dtr").OpenAsync());
        await using ILink link = await LinkAddress.Parse(pty.Port).OpenAsync();
        Assert.IsNotNull(link);
    }

    [TestMethod]
    public async Task Survives_a_device_that_dies_while_the_port_is_read()
    {
        using var folder = new TemporaryFolder();
        using PtyPair pty = await PtyPair.StartAsync(folder.Path);
        ILink link = await LinkAddress.Parse(pty.Port).OpenAsync();
        Task<int> read = link.ReadAsync(new byte[10]).AsTask();
        pty.Kill();
        await LinkChecks.LosesTheLink(() => read);
        await LinkChecks.LosesTheLink(() => link.ReadAsync(new byte[10]).AsTask());
        await LinkChecks.LosesTheLink(() => WriteUntilItFails(link));
        var clock = Stopwatch.StartNew();
        await link.DisposeAsync();
        Assert.IsLessThan(10.0, clock.Elapsed.TotalSeconds, "closing must not hang");
    }

    [TestMethod]
    public async Task Survives_a_device_that_dies_while_the_port_is_written()
    {
        using var folder = new TemporaryFolder();
        using PtyPair pty = await PtyPair.StartAsync(folder.Path);
        ILink link = await LinkAddress.Parse(pty.Port).OpenAsync();
        Task write = WriteUntilItFails(link);
        pty.Kill();
        await LinkChecks.LosesTheLink(() => write);
        await link.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
    }

    [TestMethod]
    public async Task Comes_back_when_the_device_does()
    {
        using var folder = new TemporaryFolder();
        PtyPair pty = await PtyPair.StartAsync(folder.Path);
        await using var link = await ReconnectingLink.OpenAsync(LinkAddress.Parse(pty.Port), TimeSpan.FromSeconds(20));
        var reconnected = new TaskCompletionSource();
        link.Reconnected += () => reconnected.TrySetResult();
        Task<byte[]> read = LinkChecks.ReadExactly(link, 3);
        pty.Dispose();
        using PtyPair again = await PtyPair.StartAsync(folder.Path);
        await reconnected.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await using ILink device = await LinkAddress.Parse(again.Device).OpenAsync();
        await device.WriteAsync(new byte[] { 1, 2, 3 });
        CollectionAssert.AreEqual(new byte[] { 1, 2, 3 }, await read);
    }

    private static async Task WriteUntilItFails(ILink link)
    {
        byte[] piece = new byte[1000];
        while (true)
        {
            await link.WriteAsync(piece);
            await Task.Yield();
        }
    }
}
