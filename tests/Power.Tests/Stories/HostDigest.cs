using System.Security.Cryptography;
using Twinbank.Core.Checks;

namespace Twinbank.Power.Tests.Stories;

/// <summary>SHA-256 by the processor's own instructions: the sweeps judge the order of steps, not the hash.</summary>
internal sealed class HostDigest : DigestAlgorithm, IDisposable
{
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public override int DigestBytes => SHA256.HashSizeInBytes;

    public override void Reset() => _hash.TryGetHashAndReset(stackalloc byte[SHA256.HashSizeInBytes], out _);

    public override void Update(byte[] data, int offset, int count) => _hash.AppendData(data, offset, count);

    public override void Finish(byte[] digest, int offset)
        => _hash.TryGetHashAndReset(digest.AsSpan(offset), out _);

    public void Dispose() => _hash.Dispose();
}
