using Twinbank.Boards;

namespace Twinbank.Simulation.Qemu;

/// <summary>
/// Makes QEMU forget what it translated of flash that was programmed since. Its flash chips write their array without
/// telling the translator, so that a slot which ran once would run its former code for ever. A write by the debugger
/// does tell it: the same bytes are written over themselves.
/// </summary>
sealed class StaleCode
{
    readonly List<(Region Region, string Path, byte[] Known)> _places = [];

    /// <summary>Takes what the files hold now for what a machine that has not started yet knows.</summary>
    internal StaleCode(QemuSetup setup)
    {
        RegionRole[] roles = [RegionRole.SlotA, RegionRole.SlotB, RegionRole.Golden];
        foreach (Region region in setup.Board.Regions.Where(region => roles.Contains(region.Role)))
        {
            string path = QemuFlashFiles.PathOf(setup.Folder, region.Bank);
            _places.Add((region, path, Read(path, region)));
        }
    }

    /// <summary>True for boards that run code from flash, where it can be stale.</summary>
    internal static bool ConcernsBoard(Board board) => board.Translation.ExecutesInPlace;

    /// <summary>Forgets what changed since the last time. The machine must stand still, right after a reset.</summary>
    internal async Task ForgetAsync(string debuggerPath, CancellationToken cancellation)
    {
        using DebuggerMemory memory = await DebuggerMemory.ConnectAsync(debuggerPath, cancellation)
            .ConfigureAwait(false);
        foreach ((Region region, string path, byte[] known) in _places)
        {
            byte[] now = Read(path, region);
            for (int at = 0; at < now.Length; at += DebuggerMemory.PieceBytesMax)
            {
                Memory<byte> piece = now.AsMemory(at, Math.Min(DebuggerMemory.PieceBytesMax, now.Length - at));
                if (!piece.Span.SequenceEqual(known.AsSpan(at, piece.Length)))
                {
                    uint address = region.BusAddress!.Value + (uint)at;
                    await memory.WriteAsync(address, piece, cancellation).ConfigureAwait(false);
                }
            }

            now.CopyTo(known, 0);
        }
    }

    static byte[] Read(string path, Region region)
    {
        byte[] bytes = new byte[region.SizeBytes];
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = region.StartAddress;
        file.ReadExactly(bytes);
        return bytes;
    }
}
