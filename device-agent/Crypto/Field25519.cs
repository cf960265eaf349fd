namespace Twinbank.Crypto;

/// <summary>The field of edwards25519 (RFC 8032 section 5.1): integers modulo p = 2^255 - 19.</summary>
internal sealed class Field25519 : PrimeField
{
    static readonly uint[] s_prime =
    {
        0xFFFFFFED, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0x7FFFFFFF,
    };

    // Square root of -1: 2 to the power (p - 1) / 4.
    static readonly uint[] s_rootOfMinusOne =
    {
        0x4A0EA0B0, 0xC4EE1B27, 0xAD2FE478, 0x2F431806, 0x3DFBD7A7, 0x2B4D0099, 0x4FC1DF0B, 0x2B832480,
    };

    readonly uint[] _power = new uint[Integer256.WordCount];
    readonly uint[] _run = new uint[Integer256.WordCount];

    public Field25519()
        : base(s_prime)
    {
    }

    public static uint[] RootOfMinusOne => s_rootOfMinusOne;

    public override void Reduce(uint[] result, uint[] wide)
    {
        // 2^256 = 38 (mod p): the upper eight words come down with factor 38.
        uint carry = 0;
        for (int i = 0; i < Integer256.WordCount; i++)
        {
            ulong sum = ((ulong)wide[i + Integer256.WordCount] * 38) + wide[i] + carry;
            result[i] = (uint)sum;
            carry = (uint)(sum >> 32);
        }

        // 2^255 = 19 (mod p): what is above bit 254, less than 80, comes down with factor 19.
        uint top = result[7];
        result[7] = top & 0x7FFFFFFF;
        carry = ((carry << 1) | (top >> 31)) * 19;
        for (int i = 0; carry != 0; i++)
        {
            ulong sum = (ulong)result[i] + carry;
            result[i] = (uint)sum;
            carry = (uint)(sum >> 32);
        }

        if (!Integer256.IsBelow(result, s_prime))
        {
            Integer256.Subtract(result, result, s_prime);
        }
    }

    /// <summary>
    /// Value to the power (p - 5) / 8 = 2^252 - 3, the heart of a square root. <paramref name="result"/> is not
    /// <paramref name="value"/>.
    /// </summary>
    public void RaiseForRoot(uint[] result, uint[] value)
    {
        // 2^252 - 3 = 4 * (2^250 - 1) + 1. A run of k ones, value^(2^k - 1), doubles its length with k squarings and
        // one multiplication and grows by one with one of each; the bits of 250 say which: 13 multiplications in all.
        Integer256.Copy(_run, value);
        int ones = 1;
        for (int bit = 6; bit >= 0; bit--)
        {
            Square(_power, _run, ones);
            Multiply(_run, _run, _power);
            ones *= 2;
            if (((250 >> bit) & 1) != 0)
            {
                Square(_run, _run, 1);
                Multiply(_run, _run, value);
                ones++;
            }
        }

        Square(_run, _run, 2);
        Multiply(result, _run, value);
    }
}
