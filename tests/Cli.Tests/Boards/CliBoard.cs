using System.Globalization;
using Twinbank.Boards;
using Twinbank.Images.Keys;
using Twinbank.Simulation.Boards;
using Twinbank.Simulation.Serving;

namespace Twinbank.Cli.Tests.Boards;

/// <summary>
/// A simulated board on a TCP port with a key and image files in a folder of its own: what a user of fw has in front
/// of them.
/// </summary>
internal sealed class CliBoard : IDisposable
{
    // Five blocks, the last one nearly full, so that overlays soon fill the buffer areas.
    private const int PayloadBytes = 35_000;

    private readonly TemporaryFolder _folder = new();
    private readonly ServedBoard _board;
    private readonly BoardListener _listener;
    private readonly Thread _thread;

    public CliBoard(string boardId = "sim-nor")
    {
        BoardId = boardId;
        Expect(0, "key", "new", this["k.pem"]);
        PublicKey key = KeyFile.LoadPublic(this["k.pem.pub"]);
        _board = new ServedBoard(
            BoardCatalog.BuiltIn.Find(boardId), [new TrustedKey((byte)key.Algorithm, key.Raw.ToArray())], null);
        _listener = BoardListener.StartTcp("127.0.0.1", 0, _board.Line);
        _thread = new Thread(_board.Run) { IsBackground = true, Name = "board of the test" };
        _thread.Start();
    }

    public string BoardId { get; }

    public SimulatedHardware Hardware => _board.Hardware;

    public string Port => _listener.Name;

    public string this[string name] => _folder[name];

    public string Folder => _folder.Path;

    /// <summary>Builds version n: 4 bytes differ from version to version. Gives the file's path.</summary>
    public string Build(int version, ApplicationBehaviour behaviour = ApplicationBehaviour.Good)
    {
        string name = $"app-{version.ToString(CultureInfo.InvariantCulture)}";
        byte[] payload = PlayedApplication.Build(behaviour, $"demo {version}", PayloadBytes, 7);
        File.WriteAllBytes(this[name + ".bin"], payload);
        Expect(
            0, "image", "build", this[name + ".bin"], "--format", "raw", "--base", "0", "--board", BoardId, "--key",
            this["k.pem"], "--version-number", $"{version}.0.0", "--payload-kind", "nativeRam", "--probation-seconds", "0",
            "--out", this[name + ".fwi"]);
        return this[name + ".fwi"];
    }

    /// <summary>Runs a command on this board.</summary>
    public CommandRun On(params string[] arguments) => CommandRun.Of([.. arguments, "--port", Port]);

    /// <summary>Runs a command on this board that has to end with the exit code.</summary>
    public CommandRun On(int exitCode, params string[] arguments) => Expect(exitCode, [.. arguments, "--port", Port]);

    public static CommandRun Expect(int exitCode, params string[] arguments)
    {
        CommandRun run = CommandRun.Of(arguments);
        Assert.AreEqual(exitCode, run.ExitCode, $"fw {string.Join(' ', arguments)}\n{run}");
        return run;
    }

    public void Dispose()
    {
        _board.Stop();
        _listener.Dispose();
        _thread.Join(TimeSpan.FromSeconds(30));
        _board.Dispose();
        _folder.Dispose();
    }
}
