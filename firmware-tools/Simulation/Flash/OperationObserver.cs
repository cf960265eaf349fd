namespace Twinbank.Simulation.Flash;

/// <summary>
/// Called before each program and erase that keeps the rules, while the part still holds its old contents.
/// </summary>
public delegate void OperationObserver(PendingOperation pending);
