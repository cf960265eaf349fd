namespace Twinbank.Boot;

/// <summary>What the boot stage asks of the agent that answers the serial link.</summary>
public abstract class AgentService
{
    /// <summary>
    /// Serves what has arrived on the link, without waiting for more. True when a whole request was answered.
    /// </summary>
    public abstract bool Serve();

    /// <summary>True when an answered request asked for a reset; the answer has been sent.</summary>
    public abstract bool ResetRequested { get; }

    /// <summary>The generation of the slot is about to run.</summary>
    public virtual void NoteLaunch(uint slotNumber, uint generation)
    {
    }
}
