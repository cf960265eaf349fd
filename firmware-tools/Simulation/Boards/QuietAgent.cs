using Twinbank.Boot;

namespace Twinbank.Simulation.Boards;

/// <summary>An agent on a board that nobody talks to: never answers, never asks for a reset.</summary>
public sealed class QuietAgent : AgentService
{
    public override bool ResetRequested => false;

    public override bool Serve() => false;
}
