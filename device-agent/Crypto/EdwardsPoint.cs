namespace Twinbank.Crypto;

/// <summary>Point of edwards25519, extended coordinates (RFC 8032 section 5.1.4): x = X/Z, y = Y/Z, xy = T/Z.</summary>
internal sealed class EdwardsPoint
{
    public readonly uint[] X = new uint[Integer256.WordCount];
    public readonly uint[] Y = new uint[Integer256.WordCount];
    public readonly uint[] Z = new uint[Integer256.WordCount];
    public readonly uint[] T = new uint[Integer256.WordCount];

    public void SetToIdentity()
    {
        Integer256.Set(X, 0);
        Integer256.Set(Y, 1);
        Integer256.Set(Z, 1);
        Integer256.Set(T, 0);
    }

    public void CopyFrom(EdwardsPoint other)
    {
        Integer256.Copy(X, other.X);
        Integer256.Copy(Y, other.Y);
        Integer256.Copy(Z, other.Z);
        Integer256.Copy(T, other.T);
    }

    /// <summary>True for the point (0, 1).</summary>
    public bool IsIdentity() => Integer256.Is(X, 0) && Integer256.Equal(Y, Z);
}
