namespace Twinbank.Flashing.Devices;

/// <summary>The generations in a slot and the room for more.</summary>
/// <param name="Slot">0 A, 1 B, 2 golden.</param>
/// <param name="TotalBytes">Length of the overlay log; 0 where the slot takes no overlays.</param>
/// <param name="FreeBytes">What is left at its end.</param>
/// <param name="Generations">Ascending.</param>
public sealed record SlotGenerations(
    int Slot, long TotalBytes, long FreeBytes, IReadOnlyList<SlotGeneration> Generations);
