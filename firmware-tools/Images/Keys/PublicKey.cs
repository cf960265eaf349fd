using System.Buffers.Binary;
using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Org.BouncyCastle.X509;

namespace Twinbank.Images.Keys;

/// <summary>The public half of a signing key: what a device trusts. Immutable.</summary>
public sealed class PublicKey : IEquatable<PublicKey>
{
    /// <summary>Both algorithms sign with 64 bytes: R then S of Ed25519, r then s (big-endian) of P-256.</summary>
    public const int SignatureBytes = 64;

    /// <summary>Length of a key id.</summary>
    public const int KeyIdBytes = 8;

    private readonly byte[] _raw;

    private PublicKey(KeyAlgorithm algorithm, byte[] raw)
    {
        Algorithm = algorithm;
        _raw = raw;
        KeyId = SHA256.HashData(raw).AsMemory(0, KeyIdBytes);
    }

    public KeyAlgorithm Algorithm { get; }

    /// <summary>32 bytes for Ed25519 (RFC 8032), 64 bytes x then y, big-endian, for P-256.</summary>
    public ReadOnlyMemory<byte> Raw => _raw;

    /// <summary>First 8 bytes of SHA-256 over <see cref="Raw"/>: how a signature entry names its key.</summary>
    public ReadOnlyMemory<byte> KeyId { get; }

    /// <summary>The key id as 16 hex digits.</summary>
    public string KeyIdText => Convert.ToHexStringLower(KeyId.Span);

    /// <summary>A key from its raw bytes, as they stand in boot stages and manifests.</summary>
    /// <exception cref="ArgumentException">Wrong length, or not a point of the curve.</exception>
    public static PublicKey FromRaw(KeyAlgorithm algorithm, ReadOnlySpan<byte> raw)
    {
        int bytes = RawBytesOf(algorithm);
        if (raw.Length != bytes)
        {
            throw new ArgumentException($"A {algorithm} key has {bytes} bytes, not {raw.Length}.", nameof(raw));
        }

        byte[] copy = raw.ToArray();
        if (algorithm == KeyAlgorithm.EcdsaP256)
        {
            CurveP256.DecodePublic(copy);
        }
        else if (!Ed25519.ValidatePublicKeyFull(copy, 0))
        {
            throw new ArgumentException("These bytes are not a usable point of the curve.", nameof(raw));
        }

        return new PublicKey(algorithm, copy);
    }

    /// <summary>Length of <see cref="Raw"/>.</summary>
    public static int RawBytesOf(KeyAlgorithm algorithm) => algorithm switch
    {
        KeyAlgorithm.Ed25519 => 32,
        KeyAlgorithm.EcdsaP256 => 64,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "Unknown key algorithm."),
    };

    /// <summary>True only when the 64-byte signature over the message is valid. Never throws.</summary>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureBytes)
        {
            return false;
        }

        return Algorithm == KeyAlgorithm.Ed25519
            ? Ed25519.Verify(signature.ToArray(), 0, _raw, 0, message.ToArray(), 0, message.Length)
            : VerifyP256(message, signature);
    }

    /// <summary>SubjectPublicKeyInfo in PEM: what <c>openssl pkey -pubin</c> reads.</summary>
    public string ToPem()
    {
        Org.BouncyCastle.Crypto.AsymmetricKeyParameter parameters = Algorithm == KeyAlgorithm.Ed25519
            ? new Ed25519PublicKeyParameters(_raw, 0)
            : CurveP256.DecodePublic(_raw);
        byte[] encoded = SubjectPublicKeyInfoFactory.CreateSubjectPublicKeyInfo(parameters).GetDerEncoded();
        return PemEncoding.WriteString("PUBLIC KEY", encoded) + "\n";
    }

    public bool Equals(PublicKey? other)
        => other is not null && Algorithm == other.Algorithm && _raw.AsSpan().SequenceEqual(other._raw);

    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    public override int GetHashCode() => BinaryPrimitives.ReadInt32LittleEndian(KeyId.Span);

    public override string ToString() => $"{Algorithm} {KeyIdText}";

    private bool VerifyP256(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        var signer = new ECDsaSigner();
        signer.Init(forSigning: false, CurveP256.DecodePublic(_raw));
        var r = new BigInteger(1, signature[..32].ToArray());
        var s = new BigInteger(1, signature[32..].ToArray());
        return signer.VerifySignature(SHA256.HashData(message), r, s);
    }
}
