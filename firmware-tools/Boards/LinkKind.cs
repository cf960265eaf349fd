namespace Twinbank.Boards;

/// <summary>How a host reaches the board.</summary>
public enum LinkKind
{
    Serial = 1,
    Tcp = 2,

    /// <summary>A Unix domain socket, for example an emulator's UART.</summary>
    Unix = 3,

    /// <summary>The simulator in the tool's own process.</summary>
    InProcess = 4,
}
