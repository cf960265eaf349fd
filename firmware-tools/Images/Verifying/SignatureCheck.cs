using Twinbank.Core;
using Twinbank.Core.Format;
using Twinbank.Images.Containers;
using Twinbank.Images.Keys;

namespace Twinbank.Images.Verifying;

/// <summary>One signature of an image and what it is worth here.</summary>
/// <param name="AlgorithmId">Number in the entry: 1 Ed25519, 2 ECDSA P-256; others are not known here.</param>
/// <param name="KeyId">The key id in the entry, 16 hex digits.</param>
/// <param name="Outcome">Valid, wrong, or by a key that was not given.</param>
public sealed record SignatureCheck(byte AlgorithmId, string KeyId, SignatureOutcome Outcome)
{
    /// <summary>Checks every signature of a container against the keys that are trusted.</summary>
    public static IReadOnlyList<SignatureCheck> CheckAll(ContainerFile container, IReadOnlyList<PublicKey> trusted)
    {
        byte[] message = new byte[SignatureArea.MessageBytes];
        SignatureArea.WriteMessage(container.ManifestDigest, 0, message, 0);
        SignatureArea area = container.Signatures;
        var checks = new List<SignatureCheck>();
        int entry = area.FirstEntry;
        for (int index = 0; index < area.EntryCount; index++)
        {
            checks.Add(Check(area, entry, message, trusted));
            entry = area.NextEntry(entry);
        }

        return checks;
    }

    /// <summary>What the device would say: Ok with one valid signature, else BadSignature or UnknownKey.</summary>
    public static Status Judge(IReadOnlyList<SignatureCheck> checks)
    {
        if (checks.Any(check => check.Outcome == SignatureOutcome.Valid))
        {
            return Status.Ok;
        }

        return checks.Any(check => check.Outcome == SignatureOutcome.Wrong) ? Status.BadSignature : Status.UnknownKey;
    }

    static SignatureCheck Check(SignatureArea area, int entry, byte[] message, IReadOnlyList<PublicKey> trusted)
    {
        byte algorithm = area.Algorithm(entry);
        string keyId = Convert.ToHexStringLower(
            area.Source.AsSpan(area.KeyIdSourceOffset(entry), SignatureArea.KeyIdBytes));
        PublicKey? key = trusted.FirstOrDefault(
            candidate => (byte)candidate.Algorithm == algorithm && candidate.KeyIdText == keyId);
        if (key == null)
        {
            return new SignatureCheck(algorithm, keyId, SignatureOutcome.KeyNotGiven);
        }

        ReadOnlySpan<byte> signature = area.Source.AsSpan(
            area.SignatureSourceOffset(entry), area.SignatureBytes(entry));
        return new SignatureCheck(
            algorithm, keyId, key.Verify(message, signature) ? SignatureOutcome.Valid : SignatureOutcome.Wrong);
    }
}

/// <summary>What a signature is worth.</summary>
public enum SignatureOutcome
{
    Valid,
    Wrong,

    /// <summary>Made by a key that was not given, so nothing can be said.</summary>
    KeyNotGiven,
}
