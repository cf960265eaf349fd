namespace Twinbank.Core.Smp;

/// <summary>How a packet lies on a byte stream (specs/smp.md section 2). A response comes in the framing of its
/// request.</summary>
public enum SmpFraming : byte
{
    /// <summary>Lines of base64 as every SMP client speaks them: 06 09 or 04 14, base64, 0A.</summary>
    Console = 0,

    /// <summary>
    /// Ours: 06 0C, the packet and its CRC stuffed so that no 0A is left, 0A. Costs 0.4 % instead of 38 %; needs a
    /// stream that carries all eight bits. Sent only to a device that offers it.
    /// </summary>
    Compact = 1,
}
