namespace Twinbank.Deltas;

/// <summary>Makes recipes of one codec. The device side is the <c>RecipeDecoder</c> with the same number.</summary>
public abstract class RecipeCodec
{
    /// <summary>The number that names this codec in a container, see <c>RecipeCodecId</c>.</summary>
    public abstract byte Id { get; }

    /// <summary>
    /// Recipe for one block: the shortest that this codec finds, the same for the same input on every machine. It may
    /// be longer than the block (noise does not compress); the caller then carries the block stored.
    /// </summary>
    /// <param name="target">The data area of the block.</param>
    /// <param name="baseImage">The image the device has, or null for a block compressed by itself.</param>
    /// <param name="baseOffset">What the decoder will be given as <c>baseOffset</c>; 0 without a base.</param>
    /// <param name="targetOffset">Place of the block in the target payload that the base was prepared for.</param>
    public abstract byte[] Encode(
        ReadOnlySpan<byte> target, RecipeBase? baseImage, uint baseOffset = 0, int targetOffset = 0);
}
