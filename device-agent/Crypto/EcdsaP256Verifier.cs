using Twinbank.Core.Checks;

namespace Twinbank.Crypto;

/// <summary>
/// ECDSA over P-256 with SHA-256 of the message (FIPS 186-5 section 6.4.2). Public key x then y, signature r then s,
/// 32 bytes each, big-endian. Refuses r and s outside 1 to n - 1 and keys that are not on the curve. About 4.8 KiB of
/// working memory.
/// </summary>
/// <remarks>
/// ECDSA has two valid signatures for each message, with s and n - s; both verify, as in every other implementation.
/// Nothing may identify an image by its signature.
/// </remarks>
public sealed class EcdsaP256Verifier : SignatureAlgorithm
{
    const int NumberBytes = 4 * Integer256.WordCount;

    readonly CurveP256 _curve = new CurveP256();
    readonly OrderField _order = OrderField.OfP256();
    readonly FieldInverter _orderInverter;
    readonly Sha256 _hash = new Sha256();
    readonly byte[] _digest = new byte[Sha256.SizeBytes];
    readonly uint[] _r = new uint[Integer256.WordCount];
    readonly uint[] _s = new uint[Integer256.WordCount];
    readonly uint[] _scalar = new uint[Integer256.WordCount];
    readonly NonAdjacentForm _baseDigits = new NonAdjacentForm();
    readonly NonAdjacentForm _keyDigits = new NonAdjacentForm();
    readonly JacobianAddend[] _baseTable = CreateTable();
    readonly JacobianAddend[] _keyTable = CreateTable();
    readonly JacobianPoint _key = new JacobianPoint();
    readonly JacobianPoint _sum = new JacobianPoint();

    public EcdsaP256Verifier()
    {
        _orderInverter = new FieldInverter(_order);
        _curve.SetToBase(_sum);
        _curve.FillTable(_baseTable, _sum);
    }

    public override byte AlgorithmId => 2;

    public override int PublicKeyBytes => 2 * NumberBytes;

    public override int SignatureBytes => 2 * NumberBytes;

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

        Integer256.ReadBigEndian(_r, signature, signatureOffset);
        Integer256.ReadBigEndian(_s, signature, signatureOffset + NumberBytes);
        if (!IsInOrder(_r) || !IsInOrder(_s) || !_curve.TryDecode(_key, publicKey, publicKeyOffset))
        {
            return false;
        }

        _hash.Reset();
        _hash.Update(message, messageOffset, messageCount);
        _hash.Finish(_digest, 0);
        SplitScalars();
        _curve.FillTable(_keyTable, _key);
        SumMultiples();
        return !_sum.IsInfinity && HasSumXOfR();
    }

    bool IsInOrder(uint[] number) => !Integer256.Is(number, 0) && Integer256.IsBelow(number, _order.Prime);

    /// <summary>Digits of u1 = e / s and u2 = r / s, e being the digest.</summary>
    void SplitScalars()
    {
        Integer256.ReadBigEndian(_scalar, _digest, 0);
        if (!Integer256.IsBelow(_scalar, _order.Prime))
        {
            // The digest is below 2^256 < 2n.
            Integer256.Subtract(_scalar, _scalar, _order.Prime);
        }

        _orderInverter.Invert(_s, _s);
        _order.Multiply(_scalar, _scalar, _s);
        _baseDigits.Recode(_scalar);
        _order.Multiply(_scalar, _r, _s);
        _keyDigits.Recode(_scalar);
    }

    void SumMultiples()
    {
        _sum.SetToInfinity();
        for (int i = NonAdjacentForm.DigitCount - 1; i >= 0; i--)
        {
            _curve.Double(_sum);
            int baseDigit = _baseDigits.Digit(i);
            if (baseDigit != 0)
            {
                _curve.AddMultiple(_sum, _baseTable, baseDigit);
            }

            int keyDigit = _keyDigits.Digit(i);
            if (keyDigit != 0)
            {
                _curve.AddMultiple(_sum, _keyTable, keyDigit);
            }
        }
    }

    /// <summary>x modulo n = r: x is r, or r + n where that is still below p (one key in 2^128).</summary>
    bool HasSumXOfR()
    {
        if (_curve.HasX(_sum, _r))
        {
            return true;
        }

        uint carry = Integer256.Add(_r, _r, _order.Prime);
        return carry == 0 && Integer256.IsBelow(_r, _curve.Prime) && _curve.HasX(_sum, _r);
    }

    static JacobianAddend[] CreateTable()
    {
        JacobianAddend[] table = new JacobianAddend[NonAdjacentForm.TableCount];
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = new JacobianAddend();
        }

        return table;
    }
}
