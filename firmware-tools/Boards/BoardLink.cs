namespace Twinbank.Boards;

/// <summary>One link that the boot stage and the agent answer on.</summary>
/// <param name="Kind">How a host reaches it.</param>
/// <param name="Device">The board's side, for example <c>uart0</c>.</param>
/// <param name="BaudRate">Bits per second of a serial line; null elsewhere.</param>
/// <param name="UsbIds">USB ids (<c>1209:db40</c>) by which a host finds the port; may be empty.</param>
/// <param name="Description">What to connect, for people.</param>
public sealed record BoardLink(
    LinkKind Kind, string Device, int? BaudRate, IReadOnlyList<string> UsbIds, string Description);
