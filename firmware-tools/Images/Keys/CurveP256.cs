using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;

namespace Twinbank.Images.Keys;

/// <summary>NIST P-256 (secp256r1, prime256v1): its parameters and the raw form x then y of its points.</summary>
internal static class CurveP256
{
    public const int CoordinateBytes = 32;

    public static readonly ECNamedDomainParameters Domain =
        new(SecObjectIdentifiers.SecP256r1, SecNamedCurves.GetByOid(SecObjectIdentifiers.SecP256r1));

    /// <exception cref="ArgumentException">The 64 bytes are not a point of the curve.</exception>
    public static ECPublicKeyParameters DecodePublic(byte[] raw)
    {
        // 4 is SEC 1's mark for an uncompressed point; DecodePoint checks that it lies on the curve.
        ECPoint point = Domain.Curve.DecodePoint([4, .. raw]);
        return new ECPublicKeyParameters(point, Domain);
    }

    public static byte[] EncodePublic(ECPoint point)
        => point.Normalize().GetEncoded(compressed: false)[1..];

    public static ECPoint PublicPointOf(BigInteger secret)
        => Domain.G.Multiply(secret).Normalize();
}
