using Twinbank.Flashing.Smp;

namespace Twinbank.Flashing.Devices;

/// <summary>An image on a device.</summary>
public sealed record SlotImage
{
    /// <summary>0 A, 1 B, 2 golden.</summary>
    public required int Slot { get; init; }

    /// <summary>"1.2.3" or "1.2.3.4" with a build number, as the device writes it.</summary>
    public required string Version { get; init; }

    /// <summary>Identity of the image: 32 bytes for ours.</summary>
    public required ReadOnlyMemory<byte> Digest { get; init; }

    /// <summary>It is whole and the device may run it.</summary>
    public bool IsBootable { get; init; }

    /// <summary>The next boot tries it.</summary>
    public bool IsPending { get; init; }

    /// <summary>The device returns to it.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>It runs now.</summary>
    public bool IsActive { get; init; }

    /// <summary>The slot as people call it.</summary>
    public string SlotName => NameOf(Slot);

    public static string NameOf(int slot) => slot switch
    {
        0 => "A",
        1 => "B",
        2 => "golden",
        _ => "none",
    };

    public bool Is(ReadOnlySpan<byte> digest) => Digest.Span.SequenceEqual(digest);

    internal static SlotImage Of(CborMap map) => new()
    {
        Slot = (int)map.Unsigned("slot"),
        Version = map.Text("version"),
        Digest = map.Has("hash") ? map.Bytes("hash") : [],
        IsBootable = map.Boolean("bootable"),
        IsPending = map.Boolean("pending"),
        IsConfirmed = map.Boolean("confirmed"),
        IsActive = map.Boolean("active"),
    };
}
