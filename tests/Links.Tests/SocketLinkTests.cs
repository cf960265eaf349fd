using System.Net;
using System.Net.Sockets;
using Twinbank.Errors;

namespace Twinbank.Links.Tests;

[TestClass]
public sealed class SocketLinkTests
{
    [TestMethod]
    public async Task Carries_bytes_over_tcp()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using ILink host = await LinkAddress.Parse($"tcp:127.0.0.1:{port}").OpenAsync();
        using Socket device = await listener.AcceptSocketAsync();
        await Echoes(host, device);
    }

    [TestMethod]
    public async Task Carries_bytes_over_a_unix_socket()
    {
        using var folder = new TemporaryFolder();
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(folder.File("s")));
        listener.Listen();
        await using ILink host = await LinkAddress.Parse("unix:" + folder.File("s")).OpenAsync();
        using Socket device = await listener.AcceptAsync();
        await Echoes(host, device);
    }

    [TestMethod]
    public async Task Says_so_when_nobody_listens()
    {
        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        await LinkChecks.Fails(ErrorCode.LinkFailed, "nobody listens there",
            () => LinkAddress.Parse($"tcp:127.0.0.1:{port}").OpenAsync());
        await LinkChecks.Fails(ErrorCode.LinkFailed, "unix:/nowhere/at/all",
            () => LinkAddress.Parse("unix:/nowhere/at/all").OpenAsync());
        await LinkChecks.Fails(ErrorCode.LinkFailed, "too long for a socket",
            () => LinkAddress.Parse("unix:/" + new string('x', 200)).OpenAsync());
    }

    private static async Task Echoes(ILink host, Socket device)
    {
        byte[] sent = new byte[100_000];
        new Random(3).NextBytes(sent);
        Task echo = Task.Run(async () =>
        {
            byte[] buffer = new byte[4096];
            int left = sent.Length;
            while (left > 0)
            {
                int count = await device.ReceiveAsync(buffer);
                await device.SendAsync(buffer.AsMemory(0, count));
                left -= count;
            }
        });
        Task<byte[]> received = LinkChecks.ReadExactly(host, sent.Length);
        await host.WriteAsync(sent);
        CollectionAssert.AreEqual(sent, await received);
        await echo;
        await LinkChecks.CancelsReading(host);
        device.Dispose();
        await LinkChecks.LosesTheLink(() => host.ReadAsync(new byte[1]).AsTask());
    }
}
