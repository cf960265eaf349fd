using System.Text.Json.Serialization;

namespace Twinbank.Layout.Records;

/// <summary>A range of addresses with a purpose; it keeps its start, and its room, from release to release.</summary>
/// <param name="Start">First address.</param>
/// <param name="RoomBytes">Addresses that belong to it, used or not.</param>
/// <param name="UsedBytes">From its start to the end of what it holds.</param>
public sealed record RecordedArea(
    [property: JsonRequired] uint Start, [property: JsonRequired] uint RoomBytes,
    [property: JsonRequired] uint UsedBytes)
{
    [JsonIgnore]
    public ulong EndAddress => (ulong)Start + RoomBytes;
}
