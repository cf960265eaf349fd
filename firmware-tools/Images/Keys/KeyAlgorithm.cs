namespace Twinbank.Images.Keys;

/// <summary>How images are signed. The numbers are those of a signature entry (specs/image.md).</summary>
public enum KeyAlgorithm : byte
{
    /// <summary>
    /// Ed25519 of RFC 8032: the default, because signing needs no random numbers and keys are 32 bytes.
    /// </summary>
    Ed25519 = 1,
    /// <summary>ECDSA over NIST P-256 with SHA-256: for chips and smart cards that have it in hardware.</summary>
    EcdsaP256 = 2,
}
