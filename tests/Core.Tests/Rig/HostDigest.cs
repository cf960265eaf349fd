using System.Security.Cryptography;
using Twinbank.Core.Checks;

namespace Twinbank.Core.Tests.Rig;

/// <summary>SHA-256 of the operating system behind the core's seam: another implementation than the device's.</summary>
sealed class HostDigest : DigestAlgorithm
{
    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public override int DigestBytes => 32;

    public override void Reset() => _hash.TryGetHashAndReset(new byte[32], out _);

    public override void Update(byte[] data, int offset, int count) => _hash.AppendData(data, offset, count);

    public override void Finish(byte[] digest, int offset) => _hash.GetHashAndReset(digest.AsSpan(offset));
}
