using System.Text.Json.Serialization;

namespace Twinbank.Layout.Records;

/// <summary>A branch in the block's pointer table: see <see cref="Planning.EntryPoint"/>.</summary>
public sealed record RecordedEntry(
    [property: JsonRequired] string Symbol, [property: JsonRequired] uint Address, [property: JsonRequired] string Key);
