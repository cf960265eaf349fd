namespace Twinbank.Agent;

/// <summary>
/// A reset that a client asked for. The handler only notes it, so that its answer is sent before whoever runs the
/// endpoint resets the device.
/// </summary>
public sealed class ResetRequest
{
    public bool IsRequested { get; set; }
}
