namespace Twinbank.Crypto;

/// <summary>Point of P-256 in Jacobian coordinates: x = X/Z^2, y = Y/Z^3; the point at infinity has Z = 0.</summary>
internal sealed class JacobianPoint
{
    public readonly uint[] X = new uint[Integer256.WordCount];
    public readonly uint[] Y = new uint[Integer256.WordCount];
    public readonly uint[] Z = new uint[Integer256.WordCount];

    public bool IsInfinity => Integer256.Is(Z, 0);

    public void SetToInfinity() => Integer256.Set(Z, 0);

    public void CopyFrom(JacobianPoint other)
    {
        Integer256.Copy(X, other.X);
        Integer256.Copy(Y, other.Y);
        Integer256.Copy(Z, other.Z);
    }
}
