namespace Twinbank.Core.Slots;

/// <summary>The blocks of an image that lies in a slot as it was installed.</summary>
public sealed class SlotBlocks : BlockReader
{
    Slot? _slot;
    uint _blockBytes;

    /// <summary>Reads blocks of <paramref name="blockBytes"/> from the slot from now on; null: none.</summary>
    public void Use(Slot? slot, uint blockBytes)
    {
        _slot = slot;
        _blockBytes = blockBytes;
    }

    public override Status ReadBlock(int block, uint offset, byte[] buffer, int bufferOffset, int count)
        => _slot == null
            ? Status.WrongState
            : _slot.ReadBlockArea(((uint)block * _blockBytes) + offset, buffer, bufferOffset, count);
}
