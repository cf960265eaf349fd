namespace Twinbank.Deltas;

/// <summary>A base image with what it takes to search it. Made once per base image, used for every block.</summary>
public sealed class BaseIndex
{
    readonly byte[] _payload;

    /// <param name="payload">The base image's data areas laid end to end in block order. Not copied.</param>
    public BaseIndex(byte[] payload) => _payload = payload;

    /// <summary>The image itself, 0 to 2^31 - 1 bytes.</summary>
    public ReadOnlySpan<byte> Payload => _payload;
}
