namespace Twinbank.Simulation.Flash;

/// <summary>How long operations take on the simulated clock. All zero unless asked for.</summary>
public sealed record FlashTiming
{
    /// <summary>No operation takes any time.</summary>
    public static FlashTiming Instant { get; } = new();

    /// <summary>
    /// Typical of serial NOR: 45 ms per sector, 0.7 ms per 256 bytes, 50 MB/s (Winbond W25Q128JV, 9.6).
    /// </summary>
    public static FlashTiming SerialNor { get; } = new()
    {
        EraseTime = TimeSpan.FromMilliseconds(45),
        ProgramTimePerByte = TimeSpan.FromMicroseconds(2.7),
        ReadTimePerByte = TimeSpan.FromMicroseconds(0.02),
    };

    /// <summary>Time of one sector erase.</summary>
    public TimeSpan EraseTime { get; init; }

    public TimeSpan ProgramTimePerByte { get; init; }

    public TimeSpan ReadTimePerByte { get; init; }
}
