using Twinbank.Core.Checks;
using Twinbank.Core.Recipes;
using Twinbank.Crypto;

namespace Twinbank.Simulation.Boards;

/// <summary>What a simulated board is made of, besides its hardware.</summary>
public sealed record SimulatedBoardOptions
{
    /// <summary>Buffer for reading flash in bytes; a boot stage on hardware has about this.</summary>
    public int ScratchBytes { get; init; } = 1024;

    /// <summary>Largest manifest with its signatures, in bytes.</summary>
    public int TablesBytesMax { get; init; } = 16 * 1024;

    /// <summary>
    /// RAM for blocks that overlays change; only boards that translate by pages or in software have it. 0 for none.
    /// </summary>
    public uint ComposeBytes { get; init; } = 1024 * 1024;

    /// <summary>New recipe decoders for each life; the device's own unless set.</summary>
    public Func<RecipeDecoder[]> NewDecoders { get; init; } = () => [new RangeRecipeDecoder()];

    /// <summary>
    /// A <see cref="Time.SimulatedClock"/> for stories in no time; the system's clock for a board to talk to.
    /// </summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The board's end of its serial line.</summary>
    public required BoardConsole SerialLine { get; init; }

    public required IReadOnlyList<TrustedKey> Keys { get; init; }

    /// <summary>A new hash for each life; the device's own unless set.</summary>
    public Func<DigestAlgorithm> NewDigest { get; init; } = () => new Sha256();

    /// <summary>New signature algorithms for each life; the device's own unless set.</summary>
    public Func<SignatureAlgorithm[]> NewSignatureAlgorithms { get; init; }
        = () => [new Ed25519Verifier(), new EcdsaP256Verifier()];

    public required AgentFactory NewAgent { get; init; }

    /// <summary>Runs whatever image the boot stage launches.</summary>
    public required SimulatedApplication Applications { get; init; }

    /// <summary>
    /// Ends a life that would wait for ever: in recovery, or in an application that hangs without a watchdog. For
    /// stories that nobody talks to.
    /// </summary>
    public bool StopsWhenStuck { get; init; }

    /// <summary>Ends a life in which an application has run this long; unlimited unless set.</summary>
    public TimeSpan LifeTimeMax { get; init; } = TimeSpan.MaxValue;
}
