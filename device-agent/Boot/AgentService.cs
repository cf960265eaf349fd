using Twinbank.Core;

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

    /// <summary>
    /// Does one step of making golden the running image, which has to have this manifest digest (32 bytes). Gives
    /// NeedMoreData while there is more to do, Ok when golden holds it, NotSupported, or why not.
    /// </summary>
    public virtual Status Promote(byte[] manifestDigest) => Status.NotSupported;

    /// <summary>The generation of the slot is about to run.</summary>
    public virtual void NoteLaunch(uint slotNumber, uint generation)
    {
    }
}
