namespace Twinbank.Core.Slots;

/// <summary>
/// Reads the data areas of an image's blocks, wherever they are: in a slot, composed in RAM, or mapped where they run.
/// </summary>
public abstract class BlockReader
{
    /// <summary>
    /// Called before the first read of a block, while no shared buffer and no shared hash is in use. Gives Ok, or why
    /// the blocks cannot be read.
    /// </summary>
    public virtual Status Prepare() => Status.Ok;

    /// <summary>Reads inside one block; the caller keeps to its data area.</summary>
    public abstract Status ReadBlock(int block, uint offset, byte[] buffer, int bufferOffset, int count);
}
