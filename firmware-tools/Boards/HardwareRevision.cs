namespace Twinbank.Boards;

/// <summary>A revision of the hardware that images can be limited to.</summary>
/// <param name="Number">The number in manifests and in the boot stage: 0 to 31.</param>
/// <param name="Name">What is printed on the board, or how people call it.</param>
public sealed record HardwareRevision(int Number, string Name);
