using Twinbank.Boot;

namespace Twinbank.Simulation.Boards;

/// <summary>How a life of a board ended.</summary>
public enum LifeEnd
{
    /// <summary>The simulation was ended from outside, or nothing could happen any more.</summary>
    Stopped = 0,
    /// <summary>The board was reset; the next life follows.</summary>
    Reset = 1,
    /// <summary>The power went.</summary>
    PowerLost = 2,
}

/// <summary>What happened between two resets.</summary>
/// <param name="End">How it ended.</param>
/// <param name="LaunchedSlot">The slot whose image was started (0 A, 1 B, 2 golden), or null for none.</param>
/// <param name="WasTrial">True when that was a trial.</param>
/// <param name="NextCause">The reset cause that the next life sees.</param>
/// <param name="IsInRecovery">True when the boot stage stayed and answered the link itself.</param>
public sealed record BoardLife(
    LifeEnd End, uint? LaunchedSlot, bool WasTrial, ResetCause NextCause, bool IsInRecovery);
