namespace Twinbank.Core.Smp;

/// <summary>What one more byte made of a stream.</summary>
public enum SmpFrameEvent : byte
{
    None = 0,

    /// <summary>A packet is whole and its CRC holds.</summary>
    Packet = 1,

    /// <summary>A packet came whole, its CRC holds, but it is longer than the buffer: only its first bytes are
    /// there.</summary>
    Oversized = 2,
}
