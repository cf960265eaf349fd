namespace Twinbank.Simulation.Boards;

/// <summary>Somebody ended the simulation while an application ran: unwinds it.</summary>
public sealed class BoardStoppedException : Exception
{
    public BoardStoppedException()
        : base("The simulation of the board was ended.")
    {
    }

    public BoardStoppedException(string message)
        : base(message)
    {
    }

    public BoardStoppedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
