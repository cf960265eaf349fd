namespace Twinbank.Core.Checks;

/// <summary>
/// A streaming hash. Core references nothing, so it names what it needs; Crypto (and, on chips that have one, a
/// hardware driver) provides it. All working memory is allocated by the constructor.
/// </summary>
public abstract class DigestAlgorithm
{
    /// <summary>Length of the digest in bytes: 32 for SHA-256.</summary>
    public abstract int DigestBytes { get; }

    /// <summary>Starts a new message, whatever state the last one was in.</summary>
    public abstract void Reset();

    public abstract void Update(byte[] data, int offset, int count);

    /// <summary>
    /// Writes the digest at <paramref name="offset"/>; <see cref="Reset"/> must follow before the next use.
    /// </summary>
    public abstract void Finish(byte[] digest, int offset);
}
