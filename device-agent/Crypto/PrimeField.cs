namespace Twinbank.Crypto;

/// <summary>
/// Integers modulo an odd prime of 253 to 256 bits. Every operand and every result is below the prime, so equal
/// numbers have equal words. A result may be the same array as an operand.
/// </summary>
internal abstract class PrimeField
{
    readonly uint[] _prime;
    readonly uint[] _product = new uint[2 * Integer256.WordCount];

    protected PrimeField(uint[] prime)
    {
        _prime = prime;
    }

    public uint[] Prime => _prime;

    /// <summary>Remainder of a number of 16 words.</summary>
    public abstract void Reduce(uint[] result, uint[] wide);

    public void Add(uint[] result, uint[] left, uint[] right)
    {
        uint carry = Integer256.Add(result, left, right);
        if (carry != 0 || !Integer256.IsBelow(result, _prime))
        {
            Integer256.Subtract(result, result, _prime);
        }
    }

    public void Subtract(uint[] result, uint[] left, uint[] right)
    {
        if (Integer256.Subtract(result, left, right) != 0)
        {
            Integer256.Add(result, result, _prime);
        }
    }

    public void Multiply(uint[] result, uint[] left, uint[] right)
    {
        Integer256.Multiply(_product, left, right);
        Reduce(result, _product);
    }

    /// <summary>Squares <paramref name="times"/> times in a row: value to the power 2^times.</summary>
    public void Square(uint[] result, uint[] value, int times)
    {
        Multiply(result, value, value);
        for (int i = 1; i < times; i++)
        {
            Multiply(result, result, result);
        }
    }

    /// <summary>Half of a value: the number that doubles to it.</summary>
    public void Halve(uint[] value)
    {
        uint carry = 0;
        if ((value[0] & 1) != 0)
        {
            carry = Integer256.Add(value, value, _prime);
        }

        Integer256.ShiftRight(value, carry);
    }
}
