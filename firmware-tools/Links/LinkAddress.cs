using System.Globalization;
using Twinbank.Errors;

namespace Twinbank.Links;

/// <summary>
/// Names a link: <c>serial:/dev/ttyACM0</c> (or only <c>/dev/ttyACM0</c>),
/// <c>serial:/dev/ttyUSB0?baud=921600&amp;dtr</c>,
/// <c>tcp:host:port</c>, <c>unix:/path</c>.
/// </summary>
public sealed record LinkAddress
{
    /// <summary>What the boards here use; a USB CDC port ignores it.</summary>
    public const int BaudRateDefault = 115200;

    private const int BaudRateMin = 300;
    private const int BaudRateMax = 12_000_000;

    private LinkAddress(LinkKind kind, string target)
    {
        Kind = kind;
        Target = target;
    }

    public LinkKind Kind { get; }

    /// <summary>Device path, host name or socket path.</summary>
    public string Target { get; }

    /// <summary>TCP port; 0 for the other kinds.</summary>
    public int Port { get; private init; }

    /// <summary>Bits per second of a serial link.</summary>
    public int BaudRate { get; init; } = BaudRateDefault;

    /// <summary>Raise DTR when opening. Off by default: on many boards it resets the processor, and pseudo terminals
    /// refuse it.</summary>
    public bool RaiseDtr { get; init; }

    /// <summary>Raise RTS when opening. Off by default, as <see cref="RaiseDtr"/>.</summary>
    public bool RaiseRts { get; init; }

    /// <summary>Reads an address as the user writes it.</summary>
    /// <exception cref="FirmwareException">BadLinkName, with what is wrong.</exception>
    public static LinkAddress Parse(string text)
    {
        if (text.StartsWith('/') || text.StartsWith("COM", StringComparison.OrdinalIgnoreCase))
        {
            return ParseSerial(text, text);
        }

        int colon = text.IndexOf(':');
        if (colon < 0)
        {
            throw Bad(text, "there is no kind in front, such as serial: or tcp:");
        }

        string rest = text[(colon + 1)..];
        return text[..colon].ToUpperInvariant() switch
        {
            "SERIAL" => ParseSerial(text, rest),
            "TCP" => ParseTcp(text, rest),
            "UNIX" when rest.Length > 0 => new LinkAddress(LinkKind.Unix, rest),
            "UNIX" => throw Bad(text, "the path of the socket is missing"),
            _ => throw Bad(text, $"'{text[..colon]}' is no kind of link"),
        };
    }

    /// <summary>Opens the link once.</summary>
    /// <exception cref="FirmwareException">PortNotFound, PortDenied, PortBusy or LinkFailed.</exception>
    public async Task<ILink> OpenAsync(CancellationToken cancellation = default) => Kind switch
    {
        LinkKind.Serial => SerialLink.Open(this),
        _ => await SocketLink.ConnectAsync(this, cancellation).ConfigureAwait(false),
    };

    public override string ToString() => Kind switch
    {
        LinkKind.Serial => "serial:" + Target + SerialOptions(),
        LinkKind.Tcp => string.Create(CultureInfo.InvariantCulture, $"tcp:{Bracketed(Target)}:{Port}"),
        _ => "unix:" + Target,
    };

    private static LinkAddress ParseSerial(string text, string rest)
    {
        string[] parts = rest.Split('?', 2);
        if (parts[0].Length == 0)
        {
            throw Bad(text, "the path of the port is missing");
        }

        var address = new LinkAddress(LinkKind.Serial, parts[0]);
        if (parts.Length == 2)
        {
            foreach (string option in parts[1].Split('&', ','))
            {
                address = address.WithSerialOption(text, option);
            }
        }

        return address;
    }

    private static LinkAddress ParseTcp(string text, string rest)
    {
        int colon = rest.LastIndexOf(':');
        if (colon <= 0)
        {
            throw Bad(text, "a TCP link is written tcp:host:port");
        }

        if (!int.TryParse(rest[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            || port is < 1 or > 65535)
        {
            throw Bad(text, $"'{rest[(colon + 1)..]}' is no port number from 1 to 65535");
        }

        string host = rest[..colon];
        return new LinkAddress(LinkKind.Tcp, host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : host)
        {
            Port = port,
        };
    }

    private LinkAddress WithSerialOption(string text, string option)
    {
        string[] pair = option.Split('=', 2);
        string value = pair.Length == 2 ? pair[1] : "on";
        switch (pair[0])
        {
            case "baud":
                return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int baud)
                    && baud is >= BaudRateMin and <= BaudRateMax
                    ? this with { BaudRate = baud }
                    : throw Bad(text, $"'{value}' is no baud rate from {BaudRateMin} to {BaudRateMax}");
            case "dtr":
                return this with { RaiseDtr = OnOrOff(text, value) };
            case "rts":
                return this with { RaiseRts = OnOrOff(text, value) };
            default:
                throw Bad(text, $"a serial link has no option '{pair[0]}'; there are baud, dtr and rts");
        }
    }

    private static bool OnOrOff(string text, string value) => value switch
    {
        "on" or "1" => true,
        "off" or "0" => false,
        _ => throw Bad(text, $"'{value}' is neither on nor off"),
    };

    private string SerialOptions()
    {
        var options = new List<string>();
        if (BaudRate != BaudRateDefault)
        {
            options.Add("baud=" + BaudRate.ToString(CultureInfo.InvariantCulture));
        }

        if (RaiseDtr)
        {
            options.Add("dtr");
        }

        if (RaiseRts)
        {
            options.Add("rts");
        }

        return options.Count == 0 ? "" : "?" + string.Join('&', options);
    }

    private static string Bracketed(string host) => host.Contains(':') ? $"[{host}]" : host;

    private static FirmwareException Bad(string text, string reason)
        => new(ErrorCode.BadLinkName, ("link", text), ("reason", reason));
}
