namespace Twinbank.Formats;

/// <summary>Bytes at consecutive addresses.</summary>
/// <param name="Address">Address of the first byte.</param>
/// <param name="Data">At least one byte; does not pass the end of the 32-bit address space.</param>
public sealed record MemorySegment(uint Address, byte[] Data)
{
    /// <summary>Address after the last byte; up to 2^32.</summary>
    public ulong EndAddress => (ulong)Address + (uint)Data.Length;
}
