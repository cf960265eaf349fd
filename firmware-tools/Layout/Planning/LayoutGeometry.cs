namespace Twinbank.Layout.Planning;

/// <summary>The part of a board that decides where things may lie; sizes and addresses in bytes.</summary>
/// <param name="Board">The board's id.</param>
/// <param name="VirtualBase">The address that images are linked for.</param>
/// <param name="VirtualBytes">Length of the range that an image may use.</param>
/// <param name="WindowBytes">Addresses that one block covers: the block less its buffer area.</param>
/// <param name="SpareBytes">At the end of each window: kept for what outgrows its place in the same block.</param>
public sealed record LayoutGeometry(
    string Board, uint VirtualBase, uint VirtualBytes, uint WindowBytes, uint SpareBytes)
{
    public ulong EndAddress => (ulong)VirtualBase + VirtualBytes;

    /// <summary>The block that covers an address of the image.</summary>
    public int BlockOf(uint address) => (int)((address - VirtualBase) / WindowBytes);

    public bool Contains(uint address) => address >= VirtualBase && address < EndAddress;
}
