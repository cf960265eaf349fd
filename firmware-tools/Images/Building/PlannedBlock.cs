namespace Twinbank.Images.Building;

/// <summary>One logical block before it is written into a manifest.</summary>
/// <param name="VirtualStart">Offset of its first byte from the virtual base.</param>
/// <param name="Data">The data area.</param>
public sealed record PlannedBlock(uint VirtualStart, byte[] Data);

/// <summary>One extent of the offset table: virtual start, length and place in the block area, all in bytes.</summary>
public sealed record PlannedExtent(uint VirtualStart, uint LengthBytes, uint SlotOffset);
