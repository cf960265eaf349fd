using Twinbank.Core.Checks;
using Twinbank.Core.Format;

namespace Twinbank.Core.Trust;

/// <summary>
/// The public keys a device accepts images from. Filled once at start from the boot stage's own, write-protected
/// region; an update cannot change it except by replacing the boot stage.
/// </summary>
public sealed class TrustStore
{
    /// <summary>Four: the current key, the next one, and two for a factory or a second team.</summary>
    public const int KeysMax = 4;

    readonly DigestAlgorithm _digest;
    readonly SignatureAlgorithm[] _algorithms;
    readonly byte[] _digestBytes = new byte[Manifest.DigestBytes];
    readonly byte[] _message = new byte[SignatureArea.MessageBytes];
    readonly byte[] _keyIds = new byte[KeysMax * SignatureArea.KeyIdBytes];
    readonly byte[][] _keys = new byte[KeysMax][];
    readonly byte[] _keyAlgorithms = new byte[KeysMax];
    int _count;

    public TrustStore(DigestAlgorithm sha256, SignatureAlgorithm[] algorithms)
    {
        _digest = sha256;
        _algorithms = algorithms;
    }

    public int KeyCount => _count;

    /// <summary>
    /// Adds a raw public key. Gives Ok, NotSupported (algorithm), BadLength, or NoSpace after four keys.
    /// </summary>
    public Status AddKey(byte algorithmId, byte[] publicKey)
    {
        SignatureAlgorithm? algorithm = FindAlgorithm(algorithmId);
        if (algorithm == null)
        {
            return Status.NotSupported;
        }

        if (publicKey.Length != algorithm.PublicKeyBytes)
        {
            return Status.BadLength;
        }

        if (_count == KeysMax)
        {
            return Status.NoSpace;
        }

        _digest.Reset();
        _digest.Update(publicKey, 0, publicKey.Length);
        _digest.Finish(_digestBytes, 0);
        Bytes.Copy(_digestBytes, 0, _keyIds, _count * SignatureArea.KeyIdBytes, SignatureArea.KeyIdBytes);
        _keys[_count] = publicKey;
        _keyAlgorithms[_count] = algorithmId;
        _count++;
        return Status.Ok;
    }

    /// <summary>
    /// Ok when at least one entry is a valid signature by a trusted key over the manifest digest; UnknownKey when no
    /// entry names a trusted key; BadSignature when one does and none of those is valid.
    /// </summary>
    public Status Verify(SignatureArea signatures, byte[] manifestDigest, int digestOffset)
    {
        SignatureArea.WriteMessage(manifestDigest, digestOffset, _message, 0);
        Status status = Status.UnknownKey;
        int entry = signatures.FirstEntry;
        for (int i = 0; i < signatures.EntryCount; i++)
        {
            int key = FindKey(signatures, entry);
            if (key >= 0)
            {
                if (EntryHolds(signatures, entry, key))
                {
                    return Status.Ok;
                }

                status = Status.BadSignature;
            }

            entry = signatures.NextEntry(entry);
        }

        return status;
    }

    bool EntryHolds(SignatureArea signatures, int entry, int key)
    {
        SignatureAlgorithm? algorithm = FindAlgorithm(_keyAlgorithms[key]);
        return algorithm != null && signatures.SignatureBytes(entry) == algorithm.SignatureBytes
            && algorithm.Verify(
                _keys[key], 0, _message, 0, SignatureArea.MessageBytes,
                signatures.Source, signatures.SignatureSourceOffset(entry));
    }

    int FindKey(SignatureArea signatures, int entry)
    {
        for (int key = 0; key < _count; key++)
        {
            if (_keyAlgorithms[key] == signatures.Algorithm(entry) && Bytes.Equal(
                _keyIds, key * SignatureArea.KeyIdBytes,
                signatures.Source, signatures.KeyIdSourceOffset(entry), SignatureArea.KeyIdBytes))
            {
                return key;
            }
        }

        return -1;
    }

    SignatureAlgorithm? FindAlgorithm(byte algorithmId)
    {
        for (int i = 0; i < _algorithms.Length; i++)
        {
            if (_algorithms[i].AlgorithmId == algorithmId)
            {
                return _algorithms[i];
            }
        }

        return null;
    }
}
