namespace Twinbank.Crypto;

/// <summary>
/// The field of P-256 (SP 800-186 section 3.2.1.3): integers modulo p = 2^256 - 2^224 + 2^192 + 2^96 - 1.
/// </summary>
internal sealed class FieldP256 : PrimeField
{
    static readonly uint[] s_prime =
    {
        0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0x00000000, 0x00000000, 0x00000000, 0x00000001, 0xFFFFFFFF,
    };

    public FieldP256()
        : base(s_prime)
    {
    }

    public override void Reduce(uint[] result, uint[] wide)
    {
        // SP 800-186 appendix G.1.2, its nine sums written by column: every 2^(32 i) for i from 8 to 15 is a small
        // sum of lower powers of 2^32 modulo p.
        long w8 = wide[8], w9 = wide[9], w10 = wide[10], w11 = wide[11];
        long w12 = wide[12], w13 = wide[13], w14 = wide[14], w15 = wide[15];
        long sum = wide[0] + w8 + w9 - w11 - w12 - w13 - w14;
        result[0] = (uint)sum;
        sum = (sum >> 32) + wide[1] + w9 + w10 - w12 - w13 - w14 - w15;
        result[1] = (uint)sum;
        sum = (sum >> 32) + wide[2] + w10 + w11 - w13 - w14 - w15;
        result[2] = (uint)sum;
        sum = (sum >> 32) + wide[3] + w11 + w11 + w12 + w12 + w13 - w15 - w8 - w9;
        result[3] = (uint)sum;
        sum = (sum >> 32) + wide[4] + w12 + w12 + w13 + w13 + w14 - w9 - w10;
        result[4] = (uint)sum;
        sum = (sum >> 32) + wide[5] + w13 + w13 + w14 + w14 + w15 - w10 - w11;
        result[5] = (uint)sum;
        sum = (sum >> 32) + wide[6] + w14 + w14 + w14 + w15 + w15 + w13 - w8 - w9;
        result[6] = (uint)sum;
        sum = (sum >> 32) + wide[7] + w15 + w15 + w15 + w8 - w10 - w11 - w12 - w13;
        result[7] = (uint)sum;

        // What is left above 2^256 is between -5 and 5; folding it leaves at most 1, then nothing.
        int top = (int)(sum >> 32);
        while (top != 0)
        {
            top = Fold(result, top);
        }

        if (!Integer256.IsBelow(result, s_prime))
        {
            Integer256.Subtract(result, result, s_prime);
        }
    }

    /// <summary>Adds top * 2^256, as top * (2^224 - 2^192 - 2^96 + 1); returns what is above 2^256 then.</summary>
    static int Fold(uint[] result, int top)
    {
        long carry = 0;
        for (int i = 0; i < Integer256.WordCount; i++)
        {
            carry += result[i];
            if (i == 0 || i == 7)
            {
                carry += top;
            }
            else if (i == 3 || i == 6)
            {
                carry -= top;
            }

            result[i] = (uint)carry;
            carry >>= 32;
        }

        return (int)carry;
    }
}
