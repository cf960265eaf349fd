using System.Text.Json.Serialization;
using Twinbank.Layout.Inputs;

namespace Twinbank.Layout.Records;

/// <summary>A piece as a release has it.</summary>
public sealed record RecordedPiece(
    [property: JsonRequired] string Key, [property: JsonRequired] PieceKind Kind,
    [property: JsonRequired] uint Address, [property: JsonRequired] uint SizeBytes,
    [property: JsonRequired] uint AlignmentBytes, [property: JsonRequired] string Content)
{
    [JsonIgnore]
    public ulong EndAddress => (ulong)Address + SizeBytes;
}
