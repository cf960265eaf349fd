using Twinbank.Boards;
using Twinbank.Core.Format;
using Twinbank.Formats;
using Twinbank.Images.Keys;

namespace Twinbank.Images.Building;

/// <summary>All that decides what an image will be. The same request gives the same bytes.</summary>
public sealed record ImageRequest
{
    public required Board Board { get; init; }

    public required MemoryImage Payload { get; init; }

    /// <summary>Where the payload came from, for errors.</summary>
    public string PayloadSource { get; init; } = "the payload";

    /// <summary>1 to 31 characters a-z, 0-9, hyphen, dot, underscore.</summary>
    public required string Name { get; init; }

    public required ImageVersion Version { get; init; }

    /// <summary>At least one; the manifest names the first.</summary>
    public required IReadOnlyList<SigningKey> Keys { get; init; }

    /// <summary>Null: native-xip or native-ram, whichever the board runs.</summary>
    public PayloadKind? PayloadKind { get; init; }

    public ImageKind ImageKind { get; init; } = ImageKind.Application;

    public uint SecurityCounter { get; init; }

    /// <summary>Bit n set: revision n is accepted. Default: all.</summary>
    public uint HardwareRevisions { get; init; } = uint.MaxValue;

    /// <summary>Null: the payload's own entry point, else the virtual base.</summary>
    public uint? EntryAddress { get; init; }

    /// <summary>Null: the board's default. A power of two, whole sectors.</summary>
    public uint? BlockBytes { get; init; }

    /// <summary>Bytes of each block that are kept free for its own later growth; null: the board's default.</summary>
    public uint? BufferBytes { get; init; }

    /// <summary>Null: the device's own default.</summary>
    public ProbationRequest? Probation { get; init; }

    /// <summary>
    /// Seconds without a reset after which the confirmed image becomes golden by itself, 1 to 2,000,000; null: only on
    /// request.
    /// </summary>
    public uint? PromoteAfterSeconds { get; init; }

    /// <summary>For people; at most 256 bytes of UTF-8.</summary>
    public string? Description { get; init; }

    public (ushort Major, ushort Minor)? MinimumAgent { get; init; }
}

/// <summary>What a trial of the image has to achieve.</summary>
/// <param name="Seconds">Seconds to run well before the image may be confirmed.</param>
/// <param name="Boots">Boots it is granted: 1 to 15.</param>
public sealed record ProbationRequest(uint Seconds, uint Boots);
