namespace Twinbank.Cli;

/// <summary>The values of the options that every command has.</summary>
/// <param name="Json">Results are JSON.</param>
/// <param name="Quiet">No progress, no notes.</param>
/// <param name="NoColor">No colour even on a terminal.</param>
/// <param name="NonInteractive">Nothing is asked.</param>
public sealed record OutputSettings(
    bool Json = false, bool Quiet = false, bool NoColor = false, bool NonInteractive = false);
