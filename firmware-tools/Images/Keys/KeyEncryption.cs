using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Nist;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;

namespace Twinbank.Images.Keys;

/// <summary>
/// PBES2 of RFC 8018 with PBKDF2 and AES-CBC: how PKCS#8 files are encrypted. The runtime's PBKDF2 does the rounds
/// because it is several times faster than a managed one, and the user waits for it at every command.
/// </summary>
internal static class KeyEncryption
{
    /// <summary>
    /// Rounds of PBKDF2-HMAC-SHA-256 for the files we write: OWASP's figure of 2023, about 0.2 s on a PC.
    /// </summary>
    public const int IterationsWritten = 600_000;

    /// <summary>
    /// Rounds accepted in files we read: some seconds of work. A file that asks for billions would hang us.
    /// </summary>
    public const int IterationsMax = 10_000_000;

    private const int SaltBytes = 16;
    private const int KeyBytes = 32;

    public static EncryptedPrivateKeyInfo Encrypt(PrivateKeyInfo info, string passphrase)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        using Aes aes = Aes.Create();
        aes.Key = Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(passphrase), salt, IterationsWritten, HashAlgorithmName.SHA256, KeyBytes);
        byte[] initialVector = RandomNumberGenerator.GetBytes(aes.BlockSize / 8);
        var prf = new AlgorithmIdentifier(PkcsObjectIdentifiers.IdHmacWithSha256, DerNull.Instance);
        var parameters = new PbeS2Parameters(
            new KeyDerivationFunc(
                PkcsObjectIdentifiers.IdPbkdf2, new Pbkdf2Params(salt, IterationsWritten, KeyBytes, prf)),
            new EncryptionScheme(NistObjectIdentifiers.IdAes256Cbc, new DerOctetString(initialVector)));
        return new EncryptedPrivateKeyInfo(
            new AlgorithmIdentifier(PkcsObjectIdentifiers.IdPbeS2, parameters),
            aes.EncryptCbc(info.GetDerEncoded(), initialVector));
    }

    /// <summary>Why this file cannot be read with any passphrase, or null when the right one will do.</summary>
    public static string? ProblemOf(EncryptedPrivateKeyInfo encrypted)
    {
        if (ReadParameters(encrypted) is not Parameters parameters)
        {
            return "it is encrypted in a way that is not read here (PBES2 with PBKDF2 and AES-CBC is);"
                + " convert it with 'openssl pkcs8 -topk8 -in old.pem -out new.pem'";
        }

        return parameters.Iterations is >= 1 and <= IterationsMax
            ? null
            : $"it asks for {parameters.Iterations} rounds of passphrase hashing; the limit is {IterationsMax}";
    }

    /// <summary>The decrypted PKCS#8 structure.</summary>
    /// <exception cref="CryptographicException">Wrong passphrase (bad padding).</exception>
    public static byte[] Decrypt(EncryptedPrivateKeyInfo encrypted, string passphrase)
    {
        Parameters parameters = ReadParameters(encrypted)!;
        using Aes aes = Aes.Create();
        aes.Key = Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(passphrase),
            parameters.Salt,
            (int)parameters.Iterations,
            parameters.Hash,
            parameters.KeyBytes);
        return aes.DecryptCbc(encrypted.GetEncryptedData(), parameters.InitialVector);
    }

    private static Parameters? ReadParameters(EncryptedPrivateKeyInfo encrypted)
    {
        if (!encrypted.EncryptionAlgorithm.Algorithm.Equals(PkcsObjectIdentifiers.IdPbeS2))
        {
            return null;
        }

        PbeS2Parameters pbes2 = PbeS2Parameters.GetInstance(encrypted.EncryptionAlgorithm.Parameters);
        if (!pbes2.KeyDerivationFunc.Algorithm.Equals(PkcsObjectIdentifiers.IdPbkdf2))
        {
            return null;
        }

        Pbkdf2Params derivation = Pbkdf2Params.GetInstance(pbes2.KeyDerivationFunc.Parameters);
        int keyBytes = KeyBytesOf(pbes2.EncryptionScheme.Algorithm);
        HashAlgorithmName hash = HashOf(derivation.Prf.Algorithm);
        return keyBytes == 0 || hash.Name is null
            ? null
            : new Parameters(
                derivation.GetSalt(),
                derivation.IterationCount.BitLength <= 62 ? derivation.IterationCount.LongValue : long.MaxValue,
                hash,
                keyBytes,
                Asn1OctetString.GetInstance(pbes2.EncryptionScheme.Parameters).GetOctets());
    }

    private static int KeyBytesOf(DerObjectIdentifier cipher)
        => cipher.Equals(NistObjectIdentifiers.IdAes256Cbc) ? 32
        : cipher.Equals(NistObjectIdentifiers.IdAes192Cbc) ? 24
        : cipher.Equals(NistObjectIdentifiers.IdAes128Cbc) ? 16
        : 0;

    private static HashAlgorithmName HashOf(DerObjectIdentifier prf)
        => prf.Equals(PkcsObjectIdentifiers.IdHmacWithSha256) ? HashAlgorithmName.SHA256
        : prf.Equals(PkcsObjectIdentifiers.IdHmacWithSha1) ? HashAlgorithmName.SHA1
        : prf.Equals(PkcsObjectIdentifiers.IdHmacWithSha384) ? HashAlgorithmName.SHA384
        : prf.Equals(PkcsObjectIdentifiers.IdHmacWithSha512) ? HashAlgorithmName.SHA512
        : default;

    private sealed record Parameters(
        byte[] Salt, long Iterations, HashAlgorithmName Hash, int KeyBytes, byte[] InitialVector);
}
