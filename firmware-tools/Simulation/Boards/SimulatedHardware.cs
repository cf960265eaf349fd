using System.Text;
using Twinbank.Boards;
using Twinbank.Core.Flash;
using Twinbank.Core.Trust;
using Twinbank.Simulation.Flash;
using Twinbank.Simulation.Power;
using Twinbank.Simulation.Time;

namespace Twinbank.Simulation.Boards;

/// <summary>
/// What of a simulated board survives a reset: its flash parts on one power supply, the regions in them, and what the
/// board is.
/// </summary>
public sealed class SimulatedHardware
{
    /// <summary>The flash parts, in the order of the board file.</summary>
    public required IReadOnlyList<StrictNorFlash> Parts { get; init; }

    public required PowerSupply Power { get; init; }

    public required FlashRegion Journal { get; init; }

    public required FlashRegion SlotA { get; init; }

    public required FlashRegion SlotB { get; init; }

    /// <summary>The golden store, or null.</summary>
    public FlashRegion? Golden { get; init; }

    /// <summary>Header area of each slot in bytes.</summary>
    public required uint SlotHeaderBytes { get; init; }

    /// <summary>The only addresses that an image may appear at.</summary>
    public required MemoryRange VirtualWindow { get; init; }

    public required DeviceIdentity Identity { get; init; }

    /// <summary>Builds the parts and regions that a board file describes.</summary>
    /// <param name="board">Any board: its flash is simulated, whatever it is in reality.</param>
    /// <param name="clock">Clock of the flash operations, if they are to take time.</param>
    public static SimulatedHardware FromBoard(Board board, SimulatedClock? clock = null)
    {
        var power = new PowerSupply();
        Dictionary<string, StrictNorFlash> parts = board.Banks.ToDictionary(
            bank => bank.Id, bank => new StrictNorFlash(NorGeometry.Of(bank), power, clock));
        return new SimulatedHardware
        {
            Parts = [.. board.Banks.Select(bank => parts[bank.Id])],
            Power = power,
            Journal = Place(board.Journal),
            SlotA = Place(board.SlotA),
            SlotB = Place(board.SlotB),
            Golden = board.Golden is null ? null : Place(board.Golden),
            SlotHeaderBytes = board.Slots.HeaderBytes,
            VirtualWindow = new MemoryRange(board.VirtualBase, board.VirtualBytes),
            Identity = IdentityOf(board),
        };

        FlashRegion Place(Region region) => new(parts[region.Bank.Id], region.StartAddress, region.SizeBytes);
    }

    static DeviceIdentity IdentityOf(Board board)
    {
        var identity = new DeviceIdentity
        {
            HardwareRevision = board.Revisions[0].Number,
            Translation = board.Translation.Kind,
            TranslationGranuleBytes = board.Translation.GranuleBytes,
            TrialBootsDefault = (byte)board.Trial.BootCount,
            ProbationSecondsDefault = (uint)board.Trial.ProbationSeconds,
        };

        Encoding.ASCII.GetBytes(board.Id).CopyTo(identity.BoardId, 0);
        return identity;
    }
}
