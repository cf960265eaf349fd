using Twinbank.Layout.Inputs;

namespace Twinbank.Layout.Planning;

/// <summary>A piece and its address.</summary>
/// <param name="Piece">What.</param>
/// <param name="Address">Where it runs.</param>
/// <param name="Reason">Why there.</param>
/// <param name="PreviousAddress">Where it was in the previous release; null when it was not in it.</param>
/// <param name="PreviousSizeBytes">Its size there; 0 when it was not in it.</param>
public sealed record PlacedPiece(
    Piece Piece, uint Address, PlaceReason Reason, uint? PreviousAddress = null, uint PreviousSizeBytes = 0)
{
    public uint EndAddress => Address + Piece.SizeBytes;

    public AddressSpan Span => new(Address, EndAddress);

    public bool HasMoved => PreviousAddress is { } previous && previous != Address;
}
