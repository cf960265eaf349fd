using Twinbank.Core;
using Twinbank.Core.Overlays;

namespace Twinbank.Simulation.Boards;

/// <summary>RAM of a simulated board for composed blocks.</summary>
/// <param name="sizeBytes">How much.</param>
public sealed class SimulatedMemory(uint sizeBytes) : ComposeMemory
{
    readonly byte[] _bytes = new byte[sizeBytes];

    public override uint SizeBytes => sizeBytes;

    public override Status Read(uint offset, byte[] buffer, int bufferOffset, int count)
    {
        if (!Holds(offset, count))
        {
            return Status.OutOfRange;
        }

        Array.Copy(_bytes, (int)offset, buffer, bufferOffset, count);
        return Status.Ok;
    }

    public override Status Write(uint offset, byte[] data, int dataOffset, int count)
    {
        if (!Holds(offset, count))
        {
            return Status.OutOfRange;
        }

        Array.Copy(data, dataOffset, _bytes, (int)offset, count);
        return Status.Ok;
    }

    bool Holds(uint offset, int count) => count >= 0 && offset <= sizeBytes && (uint)count <= sizeBytes - offset;
}
