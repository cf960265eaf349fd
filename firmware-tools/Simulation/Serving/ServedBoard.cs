using Twinbank.Boards;
using Twinbank.Boot;
using Twinbank.Core.Recipes;
using Twinbank.Simulation.Boards;
using Twinbank.Simulation.Flash;

namespace Twinbank.Simulation.Serving;

/// <summary>
/// A simulated board to talk to, in real time: what <c>fw sim run</c> runs. Its flash can live in files, so that it
/// goes on tomorrow where it stopped today.
/// </summary>
public sealed class ServedBoard : IDisposable
{
    readonly List<FlashFile> _files = [];
    readonly SimulatedBoard _board;

    /// <summary>Makes the board; nothing runs yet.</summary>
    /// <param name="board">Which board.</param>
    /// <param name="keys">The keys it trusts.</param>
    /// <param name="stateFolder">Folder of the flash files, one per part; null to forget everything at the end.</param>
    /// <exception cref="Errors.FirmwareException">FW5102: a flash file belongs to another board.</exception>
    public ServedBoard(Board board, IReadOnlyList<TrustedKey> keys, string? stateFolder)
    {
        Hardware = SimulatedHardware.FromBoard(board);
        AttachFiles(stateFolder);
        _board = new SimulatedBoard(Hardware, new SimulatedBoardOptions
        {
            Time = TimeProvider.System,
            SerialLine = Line,
            Keys = keys,
            NewAgent = (platform, storage, control) => new SmpAgent(
                platform, storage, control, [new RangeRecipeDecoder()], board.Slots.BlockBytes),
            Applications = PlayedApplication.Run,
        });
    }

    public SimulatedHardware Hardware { get; }

    /// <summary>The serial line, to be offered on a port.</summary>
    public SharedLine Line { get; } = new();

    /// <summary>Called after each life with how it ended; on the thread that runs the board.</summary>
    public Action<BoardLife>? LifeEnded { get; set; }

    /// <summary>Runs life after life until <see cref="Stop"/>; blocks.</summary>
    public void Run()
    {
        LifeEnd end;
        do
        {
            BoardLife life = _board.RunLife();
            LifeEnded?.Invoke(life);
            end = life.End;
        }
        while (end != LifeEnd.Stopped);
    }

    /// <summary>Ends <see cref="Run"/> soon; from any thread.</summary>
    public void Stop() => _board.Stop();

    public void Dispose()
    {
        foreach (FlashFile file in _files)
        {
            file.Dispose();
        }
    }

    void AttachFiles(string? folder)
    {
        if (folder is null)
        {
            return;
        }

        Directory.CreateDirectory(folder);
        foreach (StrictNorFlash part in Hardware.Parts)
        {
            _files.Add(FlashFile.Attach(part, Path.Combine(folder, part.Geometry.Name + ".bin")));
        }
    }
}
