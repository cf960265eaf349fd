namespace Twinbank.Boards;

/// <summary>Numbers of bytes as messages show them.</summary>
static class Quantity
{
    /// <summary>For example <c>4096 bytes (4 KiB)</c>; the bracket only where it is exact.</summary>
    internal static string Bytes(ulong count) => count switch
    {
        >= 1 << 20 when count % (1 << 20) == 0 => $"{count} bytes ({count >> 20} MiB)",
        >= 1 << 10 when count % (1 << 10) == 0 => $"{count} bytes ({count >> 10} KiB)",
        _ => $"{count} bytes",
    };
}
