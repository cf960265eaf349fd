namespace Twinbank.Boards;

/// <summary>A processor with what it brings along: RAM, own flash and the translations it can do.</summary>
public sealed record Chip
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string Description { get; init; } = "";

    /// <summary>The processor core, for example <c>cortex-m3</c>; <c>host</c> for the simulator.</summary>
    public required string Core { get; init; }

    /// <summary>RAM by name, for example <c>esram</c>.</summary>
    public required IReadOnlyDictionary<string, MemoryRange> Ram { get; init; }

    /// <summary>The chip's own flash; boards add theirs.</summary>
    public required IReadOnlyList<FlashBank> Flash { get; init; }

    /// <summary>Translations to choose from.</summary>
    public required IReadOnlyList<TranslationRule> Translations { get; init; }
}
