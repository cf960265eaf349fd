namespace Twinbank.Layout.Inputs;

/// <summary>Everything that the planner wants to know of one link.</summary>
public sealed record LinkInputs
{
    /// <summary>What can be given a place, in the order of the link.</summary>
    public required IReadOnlyList<Piece> Pieces { get; init; }

    /// <summary>All output sections with memory, in the order of the script.</summary>
    public required IReadOnlyList<LinkOutput> Outputs { get; init; }

    /// <summary>The output section of the code; constants are placed there, too.</summary>
    public required LinkOutput Code { get; init; }

    /// <summary>The output section of variables with initial values; null when there are none.</summary>
    public LinkOutput? Data { get; init; }

    /// <summary>The output section of variables that start as zero; null when there are none.</summary>
    public LinkOutput? Zero { get; init; }

    /// <summary>e_machine.</summary>
    public required ushort Machine { get; init; }

    /// <summary>True when a 4-byte branch reaches any place of an image: Thumb-2 and RISC-V, not ARMv6-M.</summary>
    public bool HasLongBranch { get; init; }

    /// <summary>What keeps a part of the image from being stable, in sentences.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Bytes between the start of <see cref="Code"/> and its first piece: a vector table, as a rule.</summary>
    public uint PrefixBytes
        => Pieces.Where(piece => piece.Kind == PieceKind.Code).Select(piece => piece.LinkedAddress - Code.Address)
            .DefaultIfEmpty(0u).Min();
}
