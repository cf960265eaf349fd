using Twinbank.Boards;
using Twinbank.Simulation.Boards;
using Twinbank.Simulation.Serving;

namespace Twinbank.Simulation.Tests.Serving;

/// <summary>A served board on its own thread, stopped and joined at the end of a test.</summary>
internal sealed class RunningBoard : IDisposable
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    readonly Thread _thread;

    public RunningBoard(string boardId, string? stateFolder = null)
    {
        byte[] anyKey = new byte[32];
        Board = new ServedBoard(BoardCatalog.BuiltIn.Find(boardId), [new TrustedKey(1, anyKey)], stateFolder);
        _thread = new Thread(Board.Run) { IsBackground = true };
        _thread.Start();
    }

    public ServedBoard Board { get; }

    public void Dispose()
    {
        Board.Stop();
        Assert.IsTrue(_thread.Join(s_patience), "the board did not stop");
        Board.Dispose();
    }
}
