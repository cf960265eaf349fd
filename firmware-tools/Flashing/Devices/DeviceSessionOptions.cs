using Twinbank.Flashing.Smp;

namespace Twinbank.Flashing.Devices;

/// <summary>How a device is talked to.</summary>
public sealed record DeviceSessionOptions
{
    /// <summary>How long a port may be away (a reset, a replugged cable) before the link counts as lost.</summary>
    public TimeSpan ReconnectPatience { get; init; } = TimeSpan.FromSeconds(10);

    public SmpClientOptions Client { get; init; } = new();

    /// <summary>False to send console frames only, though the device would take shorter ones.</summary>
    public bool UsesCompactFraming { get; init; } = true;
}
