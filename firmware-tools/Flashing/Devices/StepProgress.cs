namespace Twinbank.Flashing.Devices;

/// <summary>How far something is that a device does block by block.</summary>
/// <param name="Done">Blocks finished.</param>
/// <param name="Total">Blocks of the image.</param>
public sealed record StepProgress(int Done, int Total);
