namespace Twinbank.Crypto;

/// <summary>
/// Integers modulo the order of a curve's base point, a prime without a helpful shape. Reduction is bit by bit: slow
/// (about 20 multiplications' time) and short, for the one to three products a verification needs.
/// </summary>
internal sealed class OrderField : PrimeField
{
    // RFC 8032 section 5.1: L = 2^252 + 27742317777372353535851937790883648493.
    static readonly uint[] s_edwards25519 =
    {
        0x5CF5D3ED, 0x5812631A, 0xA2F79CD6, 0x14DEF9DE, 0x00000000, 0x00000000, 0x00000000, 0x10000000,
    };

    // SP 800-186 section 3.2.1.3: n.
    static readonly uint[] s_p256 =
    {
        0xFC632551, 0xF3B9CAC2, 0xA7179E84, 0xBCE6FAAD, 0xFFFFFFFF, 0xFFFFFFFF, 0x00000000, 0xFFFFFFFF,
    };

    readonly uint[] _remainder = new uint[Integer256.WordCount];

    OrderField(uint[] prime)
        : base(prime)
    {
    }

    public static OrderField OfEdwards25519() => new OrderField(s_edwards25519);

    public static OrderField OfP256() => new OrderField(s_p256);

    public override void Reduce(uint[] result, uint[] wide)
    {
        Integer256.Set(_remainder, 0);
        for (int bit = (64 * Integer256.WordCount) - 1; bit >= 0; bit--)
        {
            uint carry = Integer256.ShiftLeft(_remainder, Integer256.Bit(wide, bit));
            if (carry != 0 || !Integer256.IsBelow(_remainder, Prime))
            {
                Integer256.Subtract(_remainder, _remainder, Prime);
            }
        }

        Integer256.Copy(result, _remainder);
    }
}
