using System.Security.Cryptography;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.EdEC;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Org.BouncyCastle.Utilities;

namespace Twinbank.Images.Keys;

/// <summary>A private key that signs images. Keep it off devices and out of repositories.</summary>
public sealed class SigningKey
{
    /// <summary>Ed25519: the 32-byte seed. P-256: the secret number, 32 bytes big-endian.</summary>
    private readonly byte[] _secret;

    private SigningKey(PublicKey publicKey, byte[] secret)
    {
        PublicKey = publicKey;
        _secret = secret;
    }

    public PublicKey PublicKey { get; }

    public KeyAlgorithm Algorithm => PublicKey.Algorithm;

    /// <summary>A new key from the operating system's random numbers.</summary>
    public static SigningKey Generate(KeyAlgorithm algorithm)
    {
        if (algorithm == KeyAlgorithm.Ed25519)
        {
            return FromSecret(algorithm, RandomNumberGenerator.GetBytes(32));
        }

        while (true)
        {
            // FIPS 186-5 A.2.2: candidates outside 1..n-1 are thrown away, so that no bias enters.
            byte[] candidate = RandomNumberGenerator.GetBytes(CurveP256.CoordinateBytes);
            if (IsSecretOfP256(new BigInteger(1, candidate)))
            {
                return FromSecret(algorithm, candidate);
            }
        }
    }

    /// <summary>A key from its 32 secret bytes: the seed (Ed25519) or the secret number, big-endian (P-256).</summary>
    /// <exception cref="ArgumentException">Not 32 bytes, or zero or too large for P-256.</exception>
    public static SigningKey FromSecret(KeyAlgorithm algorithm, ReadOnlySpan<byte> secret)
    {
        if (secret.Length != 32)
        {
            throw new ArgumentException($"A secret has 32 bytes, not {secret.Length}.", nameof(secret));
        }

        byte[] copy = secret.ToArray();
        byte[] raw;
        if (algorithm == KeyAlgorithm.EcdsaP256)
        {
            var number = new BigInteger(1, copy);
            if (!IsSecretOfP256(number))
            {
                throw new ArgumentException("Not a number between 1 and the order of P-256.", nameof(secret));
            }

            raw = CurveP256.EncodePublic(CurveP256.PublicPointOf(number));
        }
        else
        {
            raw = new byte[32];
            Ed25519.GeneratePublicKey(copy, 0, raw, 0);
        }

        return new SigningKey(PublicKey.FromRaw(algorithm, raw), copy);
    }

    /// <summary>
    /// The 64-byte signature over the message: Ed25519 over the message itself, ECDSA over its SHA-256 with the
    /// deterministic k of RFC 6979, so the same image signed twice is the same file.
    /// </summary>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        byte[] signature = new byte[PublicKey.SignatureBytes];
        if (Algorithm == KeyAlgorithm.Ed25519)
        {
            Ed25519.Sign(_secret, 0, message.ToArray(), 0, message.Length, signature, 0);
            return signature;
        }

        var signer = new ECDsaSigner(new HMacDsaKCalculator(new Sha256Digest()));
        signer.Init(forSigning: true, new ECPrivateKeyParameters(new BigInteger(1, _secret), CurveP256.Domain));
        BigInteger[] rs = signer.GenerateSignature(SHA256.HashData(message));
        BigIntegers.AsUnsignedByteArray(rs[0], signature, 0, 32);
        BigIntegers.AsUnsignedByteArray(rs[1], signature, 32, 32);
        return signature;
    }

    /// <summary>
    /// PKCS#8 in PEM, as openssl reads it. With a passphrase: PBES2, AES-256-CBC, PBKDF2-HMAC-SHA-256.
    /// </summary>
    public string ToPem(string? passphrase = null)
    {
        return passphrase is null
            ? PemEncoding.WriteString("PRIVATE KEY", Pkcs8().GetDerEncoded()) + "\n"
            : PemEncoding.WriteString(
                "ENCRYPTED PRIVATE KEY", KeyEncryption.Encrypt(Pkcs8(), passphrase).GetDerEncoded()) + "\n";
    }

    /// <summary>Never the secret: keys end up in logs.</summary>
    public override string ToString() => PublicKey.ToString();

    private static bool IsSecretOfP256(BigInteger number)
        => number.SignValue > 0 && number.CompareTo(CurveP256.Domain.N) < 0;

    private PrivateKeyInfo Pkcs8()
    {
        if (Algorithm == KeyAlgorithm.Ed25519)
        {
            // Version 1 without the public key (RFC 8410 section 7): openssl 1.1 and 3.0 refuse version 2.
            return new PrivateKeyInfo(
                new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519), new DerOctetString(_secret));
        }

        var structure = new ECPrivateKeyStructure(
            256,
            new BigInteger(1, _secret),
            new DerBitString([4, .. PublicKey.Raw.Span]),
            null);
        return new PrivateKeyInfo(
            new AlgorithmIdentifier(X9ObjectIdentifiers.IdECPublicKey, SecObjectIdentifiers.SecP256r1), structure);
    }
}
