namespace Twinbank.Simulation.Boards;

/// <summary>An application: runs until it faults, resets or returns.</summary>
public delegate void SimulatedApplication(ApplicationContext context);
