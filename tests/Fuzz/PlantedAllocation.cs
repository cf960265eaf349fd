using System.Buffers.Binary;

namespace Twinbank.Fuzz;

/// <summary>Known bad: allocates what the input asks for before it looks whether so much is there.</summary>
internal sealed class PlantedAllocation : FuzzTarget
{
    const int AskedBytesMax = 256 * 1024 * 1024;

    public override IReadOnlyList<byte[]> Seeds() => [[4, 0, 0, 0, 1, 2, 3, 4]];

    public override void Run(byte[] input)
    {
        if (input.Length < 4)
        {
            return;
        }

        int askedBytes = BinaryPrimitives.ReadInt32LittleEndian(input) & (AskedBytesMax - 1);
        byte[] body = new byte[askedBytes];
        input.AsSpan(4, Math.Min(input.Length - 4, body.Length)).CopyTo(body);
    }
}
