using Twinbank.Layout.Inputs;

namespace Twinbank.Layout.Planning;

/// <summary>One area to be laid out: the pieces, where they may go, and where they were.</summary>
sealed record AreaRequest
{
    internal required IReadOnlyList<Piece> Pieces { get; init; }

    internal required AddressSpan Area { get; init; }

    /// <summary>Ranges inside the area that belong to something else.</summary>
    internal IReadOnlyList<AddressSpan> Reserved { get; init; } = [];

    /// <summary>Start of block 0, and the addresses that each block covers. An area in RAM is one window.</summary>
    internal required uint WindowBase { get; init; }

    internal required uint WindowBytes { get; init; }

    internal uint SpareBytes { get; init; }

    /// <summary>By the key of the new piece: its place in the previous release. Empty for a first release.</summary>
    internal IReadOnlyDictionary<string, AddressSpan> Previous { get; init; }
        = new Dictionary<string, AddressSpan>(StringComparer.Ordinal);

    internal bool IsFirst { get; init; }

    /// <summary>Branches that earlier releases left.</summary>
    internal IReadOnlyList<EntryPoint> Entries { get; init; } = [];

    /// <summary>0 when branches are of no use: data, or a machine without them.</summary>
    internal ushort EntryMachine { get; init; }
}
