using System.Runtime.Versioning;
using Twinbank.Errors;
using Twinbank.Links;
using Twinbank.Simulation.Serving;

namespace Twinbank.Simulation.Tests.Serving;

[TestClass]
public sealed class ServedBoardTests
{
    readonly string _folder = Directory.CreateTempSubdirectory("board").FullName;

    [TestCleanup]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public async Task Answers_over_tcp_to_one_client_after_the_other()
    {
        using var board = new RunningBoard("sim-nor");
        using var listener = BoardListener.StartTcp("127.0.0.1", 0, board.Board.Line);
        for (int client = 0; client < 3; client++)
        {
            await using ILink link = await OpenPatientlyAsync(listener.Name);
            Assert.Contains($"hello {client}", await EchoClient.EchoAsync(link, $"hello {client}"));
        }
    }

    [TestMethod]
    public async Task Turns_a_second_client_away_and_goes_on_with_the_first()
    {
        using var board = new RunningBoard("sim-nor");
        using var listener = BoardListener.StartTcp("127.0.0.1", 0, board.Board.Line);
        await using ILink first = await LinkAddress.Parse(listener.Name).OpenAsync();
        Assert.Contains("one", await EchoClient.EchoAsync(first, "one"));

        await using ILink second = await LinkAddress.Parse(listener.Name).OpenAsync();
        FirmwareException error = await Assert.ThrowsExactlyAsync<FirmwareException>(
            () => second.ReadAsync(new byte[1]).AsTask());
        Assert.AreEqual(ErrorCode.LinkLost, error.Code);
        Assert.Contains("two", await EchoClient.EchoAsync(first, "two"));
    }

    [TestMethod]
    public async Task Answers_over_a_unix_socket_and_removes_it()
    {
        string path = Path.Combine(_folder, "board.sock");
        using var board = new RunningBoard("sim-nor.64k-u8-once");
        using (var listener = BoardListener.Start(LinkAddress.Parse($"unix:{path}"), board.Board.Line))
        {
            await using ILink link = await LinkAddress.Parse(listener.Name).OpenAsync();
            Assert.Contains("hello", await EchoClient.EchoAsync(link, "hello"));
        }

        Assert.IsFalse(File.Exists(path));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    [SupportedOSPlatform("linux")]
    public async Task Answers_over_a_terminal()
    {
        using var board = new RunningBoard("sim-nor");
        using var terminal = PseudoTerminal.Start(board.Board.Line);
        await using ILink link = await LinkAddress.Parse(terminal.Path).OpenAsync();
        Assert.Contains("hello", await EchoClient.EchoAsync(link, "hello"));
    }

    [TestMethod]
    public void Refuses_to_listen_on_a_serial_port_or_a_taken_one()
    {
        var line = new SharedLine();
        Assert.AreEqual(ErrorCode.BadLinkName, Refusal("/dev/ttyACM0"));
        using var listener = BoardListener.StartTcp("127.0.0.1", 0, line);
        Assert.AreEqual(ErrorCode.LinkFailed, Refusal(listener.Name));

        ErrorCode Refusal(string address) => Assert.ThrowsExactly<FirmwareException>(
            () => BoardListener.Start(LinkAddress.Parse(address), line)).Code;
    }

    [TestMethod]
    public void Keeps_its_flash_in_the_folder_and_refuses_that_of_another_board()
    {
        using (new RunningBoard("sim-nor", _folder))
        {
        }

        Assert.AreEqual(0xC2000, new FileInfo(Path.Combine(_folder, "sim0.bin")).Length);
        FirmwareException error = Assert.ThrowsExactly<FirmwareException>(
            () => new RunningBoard("sim-nor.1k-u4", _folder));
        Assert.AreEqual(ErrorCode.SimulatedFlashFile, error.Code);
    }

    // The board hangs up on the one client before it takes the next, so that the next may come too early.
    static async Task<ILink> OpenPatientlyAsync(string name)
    {
        for (int attempt = 0; ; attempt++)
        {
            ILink link = await LinkAddress.Parse(name).OpenAsync();
            try
            {
                await EchoClient.EchoAsync(link, "anybody there");
                return link;
            }
            catch (FirmwareException) when (attempt < 100)
            {
                await link.DisposeAsync();
                await Task.Delay(20);
            }
        }
    }
}
