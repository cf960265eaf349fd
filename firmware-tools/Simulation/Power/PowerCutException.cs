namespace Twinbank.Simulation.Power;

/// <summary>
/// The simulated device just lost its power, or was used without power. It unwinds out of the portable code, which
/// catches nothing: that is how a reset is modelled. Only what is in the flash survives it.
/// </summary>
public sealed class PowerCutException : Exception
{
    public PowerCutException()
        : this("The simulated device has no power.")
    {
    }

    public PowerCutException(string message)
        : base(message)
    {
    }

    public PowerCutException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
