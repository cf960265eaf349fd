namespace Twinbank.Crypto;

/// <summary>
/// Inverses by the binary extended Euclidean algorithm: additions and halvings only, about the time of 150
/// multiplications, where raising to the power p - 2 takes 256 to 500.
/// </summary>
internal sealed class FieldInverter
{
    readonly PrimeField _field;
    readonly uint[] _u = new uint[Integer256.WordCount];
    readonly uint[] _v = new uint[Integer256.WordCount];
    readonly uint[] _x = new uint[Integer256.WordCount];
    readonly uint[] _y = new uint[Integer256.WordCount];

    public FieldInverter(PrimeField field)
    {
        _field = field;
    }

    /// <summary>Inverse of a value; the inverse of zero comes out as zero.</summary>
    public void Invert(uint[] result, uint[] value)
    {
        if (Integer256.Is(value, 0))
        {
            // The loop below would not end: the greatest common divisor with zero is never 1.
            Integer256.Set(result, 0);
            return;
        }

        // Invariant: value * x = u and value * y = v (modulo the prime). The common divisor of u and v stays 1, and
        // every pass makes u or v smaller, so one of them reaches 1.
        Integer256.Copy(_u, value);
        Integer256.Copy(_v, _field.Prime);
        Integer256.Set(_x, 1);
        Integer256.Set(_y, 0);
        while (!Integer256.Is(_u, 1) && !Integer256.Is(_v, 1))
        {
            MakeOdd(_u, _x);
            MakeOdd(_v, _y);
            if (Integer256.IsBelow(_u, _v))
            {
                Integer256.Subtract(_v, _v, _u);
                _field.Subtract(_y, _y, _x);
            }
            else
            {
                Integer256.Subtract(_u, _u, _v);
                _field.Subtract(_x, _x, _y);
            }
        }

        Integer256.Copy(result, Integer256.Is(_u, 1) ? _x : _y);
    }

    void MakeOdd(uint[] number, uint[] cofactor)
    {
        while ((number[0] & 1) == 0)
        {
            Integer256.ShiftRight(number, 0);
            _field.Halve(cofactor);
        }
    }
}
