using System.Net.Sockets;
using System.Text;
using Twinbank.Boards;
using Twinbank.Errors;
using Twinbank.Simulation.Qemu;
using Twinbank.Testing;

namespace Twinbank.EndToEnd.Platform;

/// <summary>An emulated board that runs device-agent/BareMetal/PlatformTest: letters in, lines out.</summary>
internal sealed class PlatformGuest : IAsyncDisposable
{
    // A slow machine under load; a guest that is stuck prints nothing at all.
    static readonly TimeSpan s_answerTimeout = TimeSpan.FromSeconds(60);

    readonly QemuMachine _machine;
    readonly string _folder;
    readonly Socket _socket;
    readonly StreamReader _reader;

    PlatformGuest(QemuMachine machine, string folder, Socket socket)
    {
        _machine = machine;
        _folder = folder;
        _socket = socket;
        _reader = new StreamReader(new NetworkStream(socket), Encoding.ASCII);
    }

    /// <summary>Starts a board. Ends the test as inconclusive, with the reason, where it cannot be run.</summary>
    internal static async Task<PlatformGuest> StartAsync(string boardId, CancellationToken cancellation)
    {
        string project = boardId == "qemu-virt" ? "QemuVirt" : "EmcraftSf2";
        string image = RepositoryRoot.Combine(
            $"device-agent/BareMetal/PlatformTest/{project}/bin/PlatformTest.{project}.bin");
        if (!File.Exists(image))
        {
            Assert.Inconclusive($"{image} was not built: it needs linux-x64 and binutils-arm-none-eabi.");
        }

        string folder = Directory.CreateTempSubdirectory("platform").FullName;
        try
        {
            QemuMachine machine = await QemuMachine.StartAsync(
                new QemuSetup
                {
                    Board = BoardCatalog.BuiltIn.Find(boardId),
                    BootStage = await File.ReadAllBytesAsync(image, cancellation),
                    Folder = folder,
                },
                cancellation);
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(
                new UnixDomainSocketEndPoint(machine.SerialAddress["unix:".Length..]), cancellation);
            var guest = new PlatformGuest(machine, folder, socket);

            await guest.FindItReadyAsync(cancellation);
            return guest;
        }
        catch (FirmwareException error) when (error.Code == ErrorCode.EmulatorMissing)
        {
            Directory.Delete(folder, recursive: true);
            Assert.Inconclusive("qemu-system-arm is not installed (apt-get install qemu-system-arm).");
            throw;
        }
    }

    /// <summary>Sends letters and collects what the guest prints until it is ready for the next one.</summary>
    internal async Task<IReadOnlyList<string>> AskAsync(string letters, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(s_answerTimeout);
        await SendAsync(letters, limit.Token);
        List<string> lines = [];
        string line = await ReadLineAsync(limit.Token);
        while (line != "ready")
        {
            lines.Add(line);
            line = await ReadLineAsync(limit.Token);
        }

        return lines;
    }

    // The socket was opened some time after the guest had started, so what it said first may be lost, and a letter sent
    // before it listens as well. A time and a colon: the guest answers the first and does not know the second.
    async Task FindItReadyAsync(CancellationToken cancellation)
    {
        for (int attempt = 0; attempt < 30; attempt++)
        {
            await SendAsync("T:", cancellation);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(TimeSpan.FromSeconds(2));
            try
            {
                string line = "";
                while (line != "unknown letter")
                {
                    line = await ReadLineAsync(limit.Token);
                }

                while (line != "ready")
                {
                    line = await ReadLineAsync(limit.Token);
                }

                return;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
            }
        }

        Assert.Fail("The guest does not answer.");
    }

    async Task SendAsync(string letters, CancellationToken cancellation)
        => await _socket.SendAsync(Encoding.ASCII.GetBytes(letters), cancellation);

    async Task<string> ReadLineAsync(CancellationToken cancellation)
    {
        string? line = await _reader.ReadLineAsync(cancellation);
        Assert.IsNotNull(line, "The emulator ended.");
        return line;
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _socket.Dispose();
        await _machine.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
