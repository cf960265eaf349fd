namespace Twinbank.Core.Recipes;

/// <summary>
/// What a recipe decoder may touch while it makes one block: the base image, what it already made, and the way out.
/// The implementer checks every range; a decoder fed with hostile input relies on that.
/// </summary>
public abstract class RecipeIo
{
    /// <summary>
    /// Reads <paramref name="count"/> bytes of the base image. <paramref name="payloadOffset"/> counts from the start
    /// of the base image's data areas laid end to end in block order. Status.OutOfRange when a byte of the range is
    /// not there, which is always so for a block that is carried compressed: it has no base.
    /// </summary>
    public abstract Status ReadBase(uint payloadOffset, byte[] buffer, int offset, int count);

    /// <summary>
    /// Reads <paramref name="count"/> bytes that were emitted before; <paramref name="blockOffset"/> 0 is the first
    /// byte emitted after <see cref="RecipeDecoder.Begin"/>. Status.OutOfRange for bytes not emitted yet.
    /// </summary>
    public abstract Status ReadTarget(uint blockOffset, byte[] buffer, int offset, int count);

    /// <summary>Takes the next <paramref name="count"/> bytes of the block. An error stops the decoder.</summary>
    public abstract Status Emit(byte[] data, int offset, int count);
}
