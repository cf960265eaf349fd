using Internal.Runtime;
using Twinbank.Core;
using Twinbank.Core.Overlays;

namespace Twinbank.BareMetal.QemuVirt;

/// <summary>RAM between the boot stage's and the application's: blocks that overlays change are made here.</summary>
sealed unsafe class ComposeRam : ComposeMemory
{
    readonly uint _start;

    internal ComposeRam(uint start, uint sizeBytes)
    {
        _start = start;
        SizeBytes = sizeBytes;
    }

    public override uint SizeBytes { get; }

    /// <summary>Address of its first byte.</summary>
    internal uint Start => _start;

    public override Status Read(uint offset, byte[] buffer, int bufferOffset, int count)
    {
        if (!Holds(offset, count))
        {
            return Status.OutOfRange;
        }

        if (count > 0)
        {
            fixed (byte* target = &buffer[bufferOffset])
            {
                Memory.Move(target, (byte*)(_start + offset), (uint)count);
            }
        }

        return Status.Ok;
    }

    public override Status Write(uint offset, byte[] data, int dataOffset, int count)
    {
        if (!Holds(offset, count))
        {
            return Status.OutOfRange;
        }

        if (count > 0)
        {
            fixed (byte* source = &data[dataOffset])
            {
                Memory.Move((byte*)(_start + offset), source, (uint)count);
            }
        }

        return Status.Ok;
    }

    bool Holds(uint offset, int count)
        => count >= 0 && offset <= SizeBytes && (uint)count <= SizeBytes - offset;
}
