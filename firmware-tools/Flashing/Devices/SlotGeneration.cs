using Twinbank.Flashing.Smp;

namespace Twinbank.Flashing.Devices;

/// <summary>One generation in a slot (specs/overlay.md).</summary>
/// <param name="Generation">0 is the image as installed, n its nth overlay.</param>
/// <param name="Base">Generation that the overlay is a delta for; 0 for generation 0.</param>
/// <param name="Digest">Manifest digest.</param>
/// <param name="Version">As the device writes it.</param>
/// <param name="ContainerBytes">Bytes of the overlay's container; 0 for generation 0.</param>
public sealed record SlotGeneration(
    int Generation, int Base, ReadOnlyMemory<byte> Digest, string Version, long ContainerBytes)
{
    internal static SlotGeneration Of(CborMap map) => new(
        (int)map.Unsigned("generation"), (int)map.Unsigned("base", 0), map.Bytes("hash"), map.Text("version"),
        map.Unsigned("bytes", 0));
}
