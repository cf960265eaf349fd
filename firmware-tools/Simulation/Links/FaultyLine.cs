using System.Buffers;

namespace Twinbank.Simulation.Links;

/// <summary>
/// One direction of a <see cref="LossyLink"/>: damages bytes as its faults say, always the same for one seed.
/// </summary>
internal sealed class FaultyLine(LineFaults faults, ulong seed)
{
    const int Million = 1_000_000;

    readonly SeededRandom _random = new(seed);
    long _passedBytes;

    internal TimeSpan Delay => faults.Delay;

    /// <summary>True once the line has carried all it ever will.</summary>
    internal bool IsCut => _passedBytes >= faults.DisconnectAfterBytes;

    /// <summary>What arrives of the bytes; may be shorter or longer. Bytes after the cut do not arrive.</summary>
    internal byte[] Carry(ReadOnlySpan<byte> bytes)
    {
        var arrived = new ArrayBufferWriter<byte>(bytes.Length + 1);
        foreach (byte each in bytes)
        {
            if (IsCut)
            {
                break;
            }

            _passedBytes++;
            CarryByte(each, arrived);
        }

        return arrived.WrittenSpan.ToArray();
    }

    void CarryByte(byte value, ArrayBufferWriter<byte> arrived)
    {
        if (Happens(faults.DropPerMillion))
        {
            return;
        }

        byte carried = Happens(faults.FlipPerMillion) ? (byte)(value ^ (1 << _random.Below(8))) : value;
        arrived.Write([carried]);
        if (Happens(faults.DuplicatePerMillion))
        {
            arrived.Write([carried]);
        }
    }

    bool Happens(int perMillion) => perMillion > 0 && _random.Below(Million) < perMillion;
}
