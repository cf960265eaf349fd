using System.Text.Json.Serialization;

namespace Twinbank.Layout.Records;

/// <summary>
/// Where everything of a release lies. Kept with the release, and the input of the next one: docs/layout.md.
/// </summary>
public sealed record LayoutRecord
{
    public const int FormatNumber = 1;

    /// <summary>1. A reader refuses any other.</summary>
    [JsonRequired]
    public required int Format { get; init; }

    /// <summary>The board's id.</summary>
    [JsonRequired]
    public required string Board { get; init; }

    /// <summary>e_machine of the ELF file.</summary>
    [JsonRequired]
    public required ushort Machine { get; init; }

    [JsonRequired]
    public required uint VirtualBase { get; init; }

    [JsonRequired]
    public required uint WindowBytes { get; init; }

    [JsonRequired]
    public required uint SpareBytes { get; init; }

    /// <summary>The code and the constants; the room reaches as far as the image may.</summary>
    [JsonRequired]
    public required RecordedArea Code { get; init; }

    /// <summary>What the script places by itself, such as lists of constructors; null when there is nothing.</summary>
    public RecordedArea? Rest { get; init; }

    /// <summary>The initial values of variables in the image; null when they are used where they lie.</summary>
    public RecordedArea? Load { get; init; }

    public RecordedArea? Data { get; init; }

    public RecordedArea? Zero { get; init; }

    /// <summary>By address.</summary>
    [JsonRequired]
    public required IReadOnlyList<RecordedPiece> Pieces { get; init; }

    /// <summary>By address.</summary>
    [JsonRequired]
    public required IReadOnlyList<RecordedEntry> Entries { get; init; }
}
