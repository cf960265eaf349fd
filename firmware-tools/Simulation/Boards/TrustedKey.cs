namespace Twinbank.Simulation.Boards;

/// <summary>A public key that a simulated board trusts.</summary>
/// <param name="AlgorithmId">1 Ed25519, 2 ECDSA P-256 (specs/image.md section 4).</param>
/// <param name="PublicKey">Raw bytes.</param>
public sealed record TrustedKey(byte AlgorithmId, byte[] PublicKey);
