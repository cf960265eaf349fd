namespace Twinbank.Crypto;

/// <summary>
/// A scalar as signed digits for double-and-add: digits are 0 or odd numbers from -7 to 7, and of four neighbours at
/// most one is not 0, so 256 bits need about 51 additions from a table of four points (1, 3, 5 and 7 times the point).
/// </summary>
internal sealed class NonAdjacentForm
{
    /// <summary>Points in a table: odd multiples 1, 3, 5, 7.</summary>
    public const int TableCount = 4;

    /// <summary>Digits of a 256-bit scalar: one more than its bits, for the last carry.</summary>
    public const int DigitCount = 257;

    const int WindowBits = 4;

    readonly sbyte[] _digits = new sbyte[DigitCount];

    /// <summary>Digit of weight 2^index: 0 or odd, -7 to 7.</summary>
    public int Digit(int index) => _digits[index];

    public void Recode(uint[] scalar)
    {
        for (int i = 0; i < DigitCount; i++)
        {
            _digits[i] = 0;
        }

        // A digit over 7 is written as itself less 16, with a carry of 1 for the bits above its window.
        uint carry = 0;
        int index = 0;
        while (index < DigitCount)
        {
            if (Bit(scalar, index) == carry)
            {
                index++;
                continue;
            }

            uint digit = carry;
            for (int i = 0; i < WindowBits; i++)
            {
                digit += Bit(scalar, index + i) << i;
            }

            carry = digit >> (WindowBits - 1);
            _digits[index] = (sbyte)((int)digit - ((int)carry << WindowBits));
            index += WindowBits;
        }
    }

    static uint Bit(uint[] scalar, int index) => index < 32 * Integer256.WordCount ? Integer256.Bit(scalar, index) : 0;
}
