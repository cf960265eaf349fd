namespace Twinbank.Layout.Inputs;

/// <summary>
/// The smallest thing that has a place of its own: the input sections of one object with one name, most often one
/// function, one constant, one variable or the strings of one function.
/// </summary>
public sealed record Piece
{
    /// <summary>File and section without what a compiler numbers anew in each build; unique in a link.</summary>
    public required string Key { get; init; }

    public required PieceKind Kind { get; init; }

    public required uint SizeBytes { get; init; }

    /// <summary>A power of two.</summary>
    public required uint AlignmentBytes { get; init; }

    /// <summary>Of its bytes and relocations before linking, in hex: the same wherever it is placed.</summary>
    public required string Content { get; init; }

    /// <summary>Address in the link that it was read from.</summary>
    public uint LinkedAddress { get; init; }

    /// <summary>The object, or the archive, as the linker was given it.</summary>
    public string File { get; init; } = "";

    /// <summary>The member of the archive; empty for an object.</summary>
    public string Member { get; init; } = "";

    /// <summary>The name of the section, exactly.</summary>
    public string Section { get; init; } = "";

    /// <summary>The one global function that starts it, which others reach by name; empty when there is none.</summary>
    public string EntrySymbol { get; init; } = "";

    /// <summary>Places in other pieces that hold the address of <see cref="EntrySymbol"/>.</summary>
    public int ReferenceCount { get; init; }
}
