namespace Twinbank.Core.Smp;

/// <summary>Answers the commands of one group.</summary>
public abstract class SmpHandler
{
    public abstract ushort Group { get; }

    /// <summary>
    /// Reads the arguments (one map), does what was asked, writes the answer (one map).
    /// </summary>
    /// <returns>
    /// Ok to send what was written. Anything else discards it and becomes an error answer; NotSupported says that the
    /// group has no such command. When <c>arguments.Status</c> is not Ok the request counts as malformed, whatever is
    /// returned: a handler must look at it before it changes anything.
    /// </returns>
    public abstract Status Handle(SmpOperation operation, byte command, CborReader arguments, CborWriter response);
}
