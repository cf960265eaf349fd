namespace Twinbank.Core.Checks;

/// <summary>
/// Verifies one kind of signature. Provided by Crypto; all working memory is allocated by the constructor.
/// </summary>
public abstract class SignatureAlgorithm
{
    /// <summary>
    /// Number of the algorithm in a signature entry (specs/image.md section 4): 1 Ed25519, 2 ECDSA P-256.
    /// </summary>
    public abstract byte AlgorithmId { get; }

    /// <summary>Raw public key: 32 bytes for Ed25519 (RFC 8032), 64 bytes x then y, big-endian, for P-256.</summary>
    public abstract int PublicKeyBytes { get; }

    /// <summary>Raw signature: 64 bytes for Ed25519 (R, S) and for P-256 (r, s, big-endian).</summary>
    public abstract int SignatureBytes { get; }

    /// <summary>
    /// True only when the signature over the message is valid under the key. Never throws on any input.
    /// </summary>
    public abstract bool Verify(
        byte[] publicKey, int publicKeyOffset,
        byte[] message, int messageOffset, int messageCount,
        byte[] signature, int signatureOffset);
}
