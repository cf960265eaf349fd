namespace Twinbank.Crypto;

/// <summary>Point of edwards25519 in the form that spares an addition a multiplication and is easy to negate.</summary>
internal sealed class EdwardsAddend
{
    /// <summary>Y - X</summary>
    public readonly uint[] Difference = new uint[Integer256.WordCount];

    /// <summary>Y + X</summary>
    public readonly uint[] Sum = new uint[Integer256.WordCount];

    /// <summary>2 * Z</summary>
    public readonly uint[] DoubleZ = new uint[Integer256.WordCount];

    /// <summary>2 * d * T, d being the constant of the curve</summary>
    public readonly uint[] ScaledT = new uint[Integer256.WordCount];
}
