using Twinbank.Boot;
using Twinbank.Core.Checks;
using Twinbank.Core.Install;

namespace Twinbank.Simulation.Boards;

/// <summary>A public key that a simulated board trusts.</summary>
/// <param name="AlgorithmId">1 Ed25519, 2 ECDSA P-256 (specs/image.md section 4).</param>
/// <param name="PublicKey">Raw bytes.</param>
public sealed record TrustedKey(byte AlgorithmId, byte[] PublicKey);

/// <summary>Makes the agent of one life.</summary>
/// <param name="platform">The board.</param>
/// <param name="storage">Slots, journal, trust.</param>
/// <param name="control">What may be asked about images.</param>
public delegate AgentService AgentFactory(BootPlatform platform, DeviceStorage storage, ImageControl control);

/// <summary>An application: runs until it faults, resets or returns.</summary>
public delegate void SimulatedApplication(ApplicationContext context);

/// <summary>What a simulated board is made of, besides its hardware.</summary>
public sealed record SimulatedBoardOptions
{
    /// <summary>Buffer for reading flash in bytes; a boot stage on hardware has about this.</summary>
    public int ScratchBytes { get; init; } = 1024;

    /// <summary>Largest manifest with its signatures, in bytes.</summary>
    public int TablesBytesMax { get; init; } = 16 * 1024;

    /// <summary>A <see cref="Time.SimulatedClock"/> for stories in no time; the system's clock for a board to talk to.</summary>
    public required TimeProvider Time { get; init; }

    public required BoardConsole Console { get; init; }

    public required IReadOnlyList<TrustedKey> Keys { get; init; }

    /// <summary>A new hash for each life.</summary>
    public required Func<DigestAlgorithm> NewDigest { get; init; }

    /// <summary>New signature algorithms for each life.</summary>
    public required Func<SignatureAlgorithm[]> NewSignatureAlgorithms { get; init; }

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
