namespace Twinbank.Simulation.Links;

/// <summary>What goes wrong in one direction of a link. Nothing unless set.</summary>
public sealed record LineFaults
{
    /// <summary>A sound line.</summary>
    public static LineFaults None { get; } = new();

    /// <summary>Of a million bytes, how many are lost.</summary>
    public int DropPerMillion { get; init; }

    /// <summary>Of a million bytes, how many arrive twice.</summary>
    public int DuplicatePerMillion { get; init; }

    /// <summary>Of a million bytes, how many arrive with one bit turned.</summary>
    public int FlipPerMillion { get; init; }

    /// <summary>How much later each piece arrives.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The link is lost after this many sent bytes; never unless set.</summary>
    public long DisconnectAfterBytes { get; init; } = long.MaxValue;
}
