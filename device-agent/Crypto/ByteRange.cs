namespace Twinbank.Crypto;

/// <summary>The bounds check of what callers hand to a verifier, which never throws.</summary>
internal static class ByteRange
{
    /// <summary>True when the array has <paramref name="count"/> bytes at <paramref name="offset"/>.</summary>
    public static bool IsInside(byte[] array, int offset, int count)
        => array != null && offset >= 0 && count >= 0 && count <= array.Length - offset;
}
