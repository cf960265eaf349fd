namespace Twinbank.Cli.Commands;

/// <summary>What <c>--strategy</c> takes.</summary>
enum FlashStrategy
{
    Auto,
    Overlay,
    Sync,
    Full,

    /// <summary>Compaction, then an overlay.</summary>
    Compact,
}
