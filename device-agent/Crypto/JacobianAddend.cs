namespace Twinbank.Crypto;

/// <summary>Point of P-256 with the powers of its Z that every addition needs. Never the point at infinity.</summary>
internal sealed class JacobianAddend
{
    public readonly JacobianPoint Point = new JacobianPoint();
    public readonly uint[] ZSquared = new uint[Integer256.WordCount];
    public readonly uint[] ZCubed = new uint[Integer256.WordCount];
}
