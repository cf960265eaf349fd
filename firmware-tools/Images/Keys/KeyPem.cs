using System.Security.Cryptography;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.EdEC;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Utilities;
using Twinbank.Errors;

namespace Twinbank.Images.Keys;

/// <summary>
/// Reads keys in PEM: PKCS#8 plain or encrypted, SEC 1 ("EC PRIVATE KEY") and SubjectPublicKeyInfo, which is all that
/// openssl writes for the two algorithms. Every failure is a <see cref="FirmwareException"/> that names the file.
/// </summary>
public static class KeyPem
{
    /// <summary>The private key in a PEM text.</summary>
    /// <param name="pem">The whole text of the file; what stands around the key is ignored.</param>
    /// <param name="path">Where the text came from, for messages.</param>
    /// <param name="passphrase">Asked only when the key is encrypted; null, or an answer of null, is FW1203.</param>
    /// <exception cref="FirmwareException">FW1201 to FW1205.</exception>
    public static SigningKey ReadPrivate(string pem, string path, Func<string?>? passphrase = null)
    {
        (string label, byte[] der) = FindKey(pem, path);
        return label switch
        {
            "PRIVATE KEY" => Guard(path, () => FromPkcs8(PrivateKeyInfo.GetInstance(der), path)),
            "EC PRIVATE KEY" => Guard(path, () => FromSec1(ECPrivateKeyStructure.GetInstance(der), null, path)),
            "ENCRYPTED PRIVATE KEY" => FromEncrypted(der, path, passphrase),
            _ => throw new FirmwareException(ErrorCode.PrivateKeyNeeded, ("path", path)),
        };
    }

    /// <summary>The public key in a PEM text, which may hold the public or the private key.</summary>
    /// <inheritdoc cref="ReadPrivate"/>
    public static PublicKey ReadPublic(string pem, string path, Func<string?>? passphrase = null)
    {
        (string label, byte[] der) = FindKey(pem, path);
        return label == "PUBLIC KEY"
            ? Guard(path, () => FromPublicInfo(SubjectPublicKeyInfo.GetInstance(der), path))
            : ReadPrivate(pem, path, passphrase).PublicKey;
    }

    /// <summary>The first block with a key; parameters and comments before it are stepped over.</summary>
    private static (string Label, byte[] Der) FindKey(string pem, string path)
    {
        ReadOnlySpan<char> rest = pem;
        for (; PemEncoding.TryFind(rest, out PemFields fields); rest = rest[fields.Location.End..])
        {
            string label = rest[fields.Label].ToString();
            if (label.EndsWith("PRIVATE KEY", StringComparison.Ordinal) || label == "PUBLIC KEY")
            {
                return label is "PRIVATE KEY" or "EC PRIVATE KEY" or "ENCRYPTED PRIVATE KEY" or "PUBLIC KEY"
                    ? (label, Convert.FromBase64String(rest[fields.Base64Data].ToString()))
                    : throw new FirmwareException(
                        ErrorCode.UnsupportedKeyKind, ("path", path), ("kind", label.ToLowerInvariant()));
            }
        }

        // Old openssl headers ("DEK-Info") are not RFC 7468, so the scan above does not see such a block.
        throw BadKey(path, pem.Contains("Proc-Type:", StringComparison.Ordinal)
            ? "it is encrypted the old way; convert it with 'openssl pkcs8 -topk8 -in old.pem -out new.pem'"
            : "it has no PEM block with a key");
    }

    private static SigningKey FromEncrypted(byte[] der, string path, Func<string?>? passphrase)
    {
        EncryptedPrivateKeyInfo encrypted = Guard(path, () => EncryptedPrivateKeyInfo.GetInstance(der));
        if (Guard(path, () => KeyEncryption.ProblemOf(encrypted) ?? "") is { Length: > 0 } problem)
        {
            throw BadKey(path, problem);
        }

        string secret = passphrase?.Invoke()
            ?? throw new FirmwareException(ErrorCode.PassphraseNeeded, ("path", path));
        PrivateKeyInfo info;
        try
        {
            info = PrivateKeyInfo.GetInstance(KeyEncryption.Decrypt(encrypted, secret));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A wrong passphrase shows as bad padding, or, once in about 256 times, as nonsense that does not parse.
            throw new FirmwareException(ErrorCode.WrongPassphrase, e, ("path", path));
        }

        return Guard(path, () => FromPkcs8(info, path));
    }

    private static SigningKey FromPkcs8(PrivateKeyInfo info, string path)
    {
        DerObjectIdentifier algorithm = info.PrivateKeyAlgorithm.Algorithm;
        if (algorithm.Equals(EdECObjectIdentifiers.id_Ed25519))
        {
            return SigningKey.FromSecret(
                KeyAlgorithm.Ed25519, Asn1OctetString.GetInstance(info.ParsePrivateKey()).GetOctets());
        }

        if (algorithm.Equals(X9ObjectIdentifiers.IdECPublicKey))
        {
            return FromSec1(
                ECPrivateKeyStructure.GetInstance(info.ParsePrivateKey()), info.PrivateKeyAlgorithm.Parameters, path);
        }

        throw Unsupported(path, algorithm);
    }

    private static SigningKey FromSec1(ECPrivateKeyStructure structure, Asn1Encodable? outerCurve, string path)
    {
        RequireP256(outerCurve ?? structure.Parameters, path);
        byte[] secret = BigIntegers.AsUnsignedByteArray(CurveP256.CoordinateBytes, structure.GetKey());
        return SigningKey.FromSecret(KeyAlgorithm.EcdsaP256, secret);
    }

    private static PublicKey FromPublicInfo(SubjectPublicKeyInfo info, string path)
    {
        DerObjectIdentifier algorithm = info.Algorithm.Algorithm;
        if (algorithm.Equals(EdECObjectIdentifiers.id_Ed25519))
        {
            return PublicKey.FromRaw(KeyAlgorithm.Ed25519, info.PublicKey.GetOctets());
        }

        if (!algorithm.Equals(X9ObjectIdentifiers.IdECPublicKey))
        {
            throw Unsupported(path, algorithm);
        }

        RequireP256(info.Algorithm.Parameters, path);
        var parameters = (ECPublicKeyParameters)PublicKeyFactory.CreateKey(info);
        return PublicKey.FromRaw(KeyAlgorithm.EcdsaP256, CurveP256.EncodePublic(parameters.Q));
    }

    private static void RequireP256(Asn1Encodable? curve, string path)
    {
        if (curve is DerObjectIdentifier name && name.Equals(SecObjectIdentifiers.SecP256r1))
        {
            return;
        }

        string kind = curve is DerObjectIdentifier other
            ? "EC on " + (ECNamedCurveName(other) ?? other.Id)
            : "EC with a curve that is not named";
        throw new FirmwareException(ErrorCode.UnsupportedKeyKind, ("path", path), ("kind", kind));
    }

    private static string? ECNamedCurveName(DerObjectIdentifier curve)
        => Org.BouncyCastle.Crypto.EC.CustomNamedCurves.GetName(curve) ?? ECNamedCurveTable.GetName(curve);

    private static FirmwareException Unsupported(string path, DerObjectIdentifier algorithm)
    {
        string kind = new Oid(algorithm.Id).FriendlyName ?? algorithm.Id;
        return new FirmwareException(ErrorCode.UnsupportedKeyKind, ("path", path), ("kind", kind));
    }

    private static FirmwareException BadKey(string path, string reason, Exception? inner = null)
        => new(ErrorCode.BadKeyFile, inner, ("path", path), ("reason", reason));

    /// <summary>
    /// The ASN.1 reader throws many kinds of exceptions on broken input; all of them mean one thing here.
    /// </summary>
    private static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not (OutOfMemoryException or FirmwareException))
        {
            throw BadKey(path, "its content is damaged or not a valid key", e);
        }
    }
}
