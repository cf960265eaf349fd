using Twinbank.Core.Checks;
using Twinbank.Images.Keys;

namespace Twinbank.Core.Tests.Rig;

/// <summary>Ed25519 of BouncyCastle behind the core's seam.</summary>
sealed class HostSignature : SignatureAlgorithm
{
    public override byte AlgorithmId => (byte)KeyAlgorithm.Ed25519;

    public override int PublicKeyBytes => 32;

    public override int SignatureBytes => 64;

    public override bool Verify(
        byte[] publicKey, int publicKeyOffset, byte[] message, int messageOffset, int messageCount,
        byte[] signature, int signatureOffset)
        => PublicKey.FromRaw(KeyAlgorithm.Ed25519, publicKey.AsSpan(publicKeyOffset, 32))
            .Verify(message.AsSpan(messageOffset, messageCount), signature.AsSpan(signatureOffset, 64));
}
