using System.Collections.Concurrent;
using System.Security.Cryptography;
using Twinbank.Core.Checks;
using Twinbank.Images.Keys;

namespace Twinbank.Power.Tests.Stories;

/// <summary>Real Ed25519 checks, each done once: a sweep asks the same few questions a million times.</summary>
internal sealed class CachedSignatures : SignatureAlgorithm
{
    static readonly ConcurrentDictionary<string, bool> s_answers = new();

    public override byte AlgorithmId => 1;

    public override int PublicKeyBytes => 32;

    public override int SignatureBytes => 64;

    public override bool Verify(
        byte[] publicKey, int publicKeyOffset, byte[] message, int messageOffset, int messageCount,
        byte[] signature, int signatureOffset)
    {
        byte[] question =
        [
            .. publicKey.AsSpan(publicKeyOffset, PublicKeyBytes), .. message.AsSpan(messageOffset, messageCount),
            .. signature.AsSpan(signatureOffset, SignatureBytes),
        ];
        string key = Convert.ToBase64String(SHA256.HashData(question));
        return s_answers.GetOrAdd(key, _ => PublicKey
            .FromRaw(KeyAlgorithm.Ed25519, publicKey.AsSpan(publicKeyOffset, PublicKeyBytes))
            .Verify(message.AsSpan(messageOffset, messageCount), signature.AsSpan(signatureOffset, SignatureBytes)));
    }
}
