namespace Twinbank.Flashing.Devices;

/// <summary>What a device takes at once.</summary>
/// <param name="RequestBytesMax">Largest request, header included.</param>
/// <param name="RequestCount">Requests that may be under way.</param>
public sealed record DeviceParameters(int RequestBytesMax, int RequestCount)
{
    /// <summary>For devices that do not tell: what every one of them takes.</summary>
    public static DeviceParameters Smallest { get; } = new(256, 1);
}
