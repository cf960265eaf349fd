namespace Twinbank.Core.Recipes;

/// <summary>
/// Makes one block from its recipe: the seam behind which codecs differ (specs/recipe.md section 1). All memory is
/// taken in the constructor; <see cref="Begin"/> makes the decoder fresh again, so one decoder serves every block.
/// </summary>
/// <remarks>
/// Whatever the recipe says, at most the announced count of bytes is emitted, and every byte of input moves the
/// decoder on. A recipe is input from outside: only the block's own digest says that the result is the right one.
/// </remarks>
public abstract class RecipeDecoder
{
    /// <summary>The number that names this codec in a container, see <see cref="RecipeCodecId"/>.</summary>
    public abstract byte CodecId { get; }

    /// <summary>Starts a block of <paramref name="targetBytes"/> bytes and forgets everything before.</summary>
    /// <param name="baseOffset">
    /// Where the first copy from the base is expected: the base payload offset of the block that this one replaces, 0
    /// when there is none. The encoder was given the same number (specs/recipe.md section 1).
    /// </param>
    /// <param name="targetOffset">Place of the block in the target payload: the data bytes of all before it.</param>
    /// <param name="map">The container's address map, or null: then nothing is predicted.</param>
    public abstract void Begin(
        RecipeIo io, uint targetBytes, uint baseOffset, uint targetOffset, AddressMap? map);

    /// <summary>
    /// Takes the next piece of the recipe, of any size. Status.Ok when all of it was taken;
    /// Status.BadEncoding for an instruction that cannot be; Status.BadLength for more input than the block needs;
    /// Status.WrongState before <see cref="Begin"/>; or what <see cref="RecipeIo"/> answered.
    /// An error is final: every later call gives it again.
    /// </summary>
    public abstract Status Accept(byte[] data, int offset, int count);

    /// <summary>
    /// Ends the recipe and emits what is still pending. Status.Ok means that exactly the announced count of bytes was
    /// emitted; Status.BadLength that the recipe is cut short or has bytes to spare.
    /// </summary>
    public abstract Status Finish();
}
