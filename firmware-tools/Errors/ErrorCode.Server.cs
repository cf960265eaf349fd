namespace Twinbank.Errors;

/// <summary>FW3xxx: servers and networks.</summary>
public sealed partial class ErrorCode
{
    // FW30xx: reaching a server.

    public static readonly ErrorCode ServerUnreachable = new(3001,
        title: "Server not reachable",
        detail: "The server {server} cannot be reached: {reason}.",
        remedy: "Check the address and the network, then try again.",
        ExitCode.Network,
        transient: true);
}
