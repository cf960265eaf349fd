using Twinbank.Boot;

namespace Twinbank.Simulation.Boards;

/// <summary>The simulated processor was reset: unwinds everything that ran on it.</summary>
public sealed class BoardResetException : Exception
{
    public BoardResetException()
        : this(ResetCause.External, new FaultRecord())
    {
    }

    public BoardResetException(string message)
        : base(message)
    {
    }

    public BoardResetException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <param name="cause">What the next life sees as its reset cause.</param>
    /// <param name="fault">What the next life sees as the last fault.</param>
    public BoardResetException(ResetCause cause, FaultRecord fault)
        : base($"The simulated board was reset: {cause}.")
    {
        Cause = cause;
        Fault = fault;
    }

    public ResetCause Cause { get; } = ResetCause.External;

    public FaultRecord Fault { get; } = new();
}
