using Twinbank.Core;
using Twinbank.Core.Checks;

namespace Twinbank.Crypto;

/// <summary>
/// Ed25519 verification (RFC 8032 section 5.1.7, PureEdDSA, without the cofactor), strict: refuses S not below L,
/// points in another than their one encoding, and public keys of small order. About 5.4 KiB of working memory.
/// </summary>
/// <remarks>
/// Without the check of S, anybody makes a second valid signature from a first by adding L. A key of small order
/// verifies forged signatures; 32 zero bytes, as in a key table that was never filled, are one.
/// </remarks>
public sealed class Ed25519Verifier : SignatureAlgorithm
{
    const int ScalarOffset = EdwardsCurve.EncodedBytes;

    readonly EdwardsCurve _curve = new EdwardsCurve();
    readonly OrderField _order = OrderField.OfEdwards25519();
    readonly Sha512 _hash = new Sha512();
    readonly byte[] _digest = new byte[Sha512.SizeBytes];
    readonly uint[] _wideDigest = new uint[2 * Integer256.WordCount];
    readonly uint[] _scalar = new uint[Integer256.WordCount];
    readonly NonAdjacentForm _baseDigits = new NonAdjacentForm();
    readonly NonAdjacentForm _keyDigits = new NonAdjacentForm();
    readonly EdwardsAddend[] _baseTable = CreateTable();
    readonly EdwardsAddend[] _keyTable = CreateTable();
    readonly EdwardsPoint _key = new EdwardsPoint();
    readonly EdwardsPoint _sum = new EdwardsPoint();

    public Ed25519Verifier()
    {
        _curve.SetToBase(_sum);
        _curve.FillTable(_baseTable, _sum);
    }

    public override byte AlgorithmId => 1;

    public override int PublicKeyBytes => EdwardsCurve.EncodedBytes;

    public override int SignatureBytes => 2 * EdwardsCurve.EncodedBytes;

    /// <inheritdoc/>
    public override bool Verify(
        byte[] publicKey, int publicKeyOffset,
        byte[] message, int messageOffset, int messageCount,
        byte[] signature, int signatureOffset)
    {
        if (!ByteRange.IsInside(publicKey, publicKeyOffset, PublicKeyBytes)
            || !ByteRange.IsInside(message, messageOffset, messageCount)
            || !ByteRange.IsInside(signature, signatureOffset, SignatureBytes))
        {
            return false;
        }

        Integer256.ReadLittleEndian(_scalar, signature, signatureOffset + ScalarOffset);
        return Integer256.IsBelow(_scalar, _order.Prime)
            && TryReadKey(publicKey, publicKeyOffset)
            && !_curve.IsOfSmallOrder(_key)
            && HoldsEquation(
                publicKey, publicKeyOffset, message, messageOffset, messageCount, signature, signatureOffset);
    }

    /// <summary>Reads the key for <see cref="HoldsEquation"/>; false when it is not the encoding of a point.</summary>
    internal bool TryReadKey(byte[] publicKey, int publicKeyOffset)
        => _curve.TryDecode(_key, publicKey, publicKeyOffset);

    /// <summary>
    /// The signature's equation S * B = R + k * A for the key that was read last, and nothing else. On its own it is
    /// no verification: the tests use it to show what the other checks of <see cref="Verify"/> refuse.
    /// </summary>
    internal bool HoldsEquation(
        byte[] publicKey, int publicKeyOffset,
        byte[] message, int messageOffset, int messageCount,
        byte[] signature, int signatureOffset)
    {
        _hash.Reset();
        _hash.Update(signature, signatureOffset, EdwardsCurve.EncodedBytes);
        _hash.Update(publicKey, publicKeyOffset, EdwardsCurve.EncodedBytes);
        _hash.Update(message, messageOffset, messageCount);
        _hash.Finish(_digest, 0);
        for (int i = 0; i < _wideDigest.Length; i++)
        {
            _wideDigest[i] = LittleEndian.ReadU32(_digest, 4 * i);
        }

        _order.Reduce(_scalar, _wideDigest);
        _keyDigits.Recode(_scalar);
        Integer256.ReadLittleEndian(_scalar, signature, signatureOffset + ScalarOffset);
        _baseDigits.Recode(_scalar);

        // R = S * B + k * (-A), compared in its encoding.
        _curve.Negate(_key);
        _curve.FillTable(_keyTable, _key);
        SumMultiples();
        return _curve.IsEncodedAs(_sum, signature, signatureOffset);
    }

    void SumMultiples()
    {
        _sum.SetToIdentity();
        bool started = false;
        for (int i = NonAdjacentForm.DigitCount - 1; i >= 0; i--)
        {
            int baseDigit = _baseDigits.Digit(i);
            int keyDigit = _keyDigits.Digit(i);
            started = started || baseDigit != 0 || keyDigit != 0;
            if (!started)
            {
                continue;
            }

            _curve.Double(_sum, baseDigit != 0 || keyDigit != 0);
            if (baseDigit != 0)
            {
                _curve.AddMultiple(_sum, _baseTable, baseDigit, keyDigit != 0);
            }

            if (keyDigit != 0)
            {
                _curve.AddMultiple(_sum, _keyTable, keyDigit, false);
            }
        }
    }

    static EdwardsAddend[] CreateTable()
    {
        EdwardsAddend[] table = new EdwardsAddend[NonAdjacentForm.TableCount];
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = new EdwardsAddend();
        }

        return table;
    }
}
