using Twinbank.Layout.Planning;

namespace Twinbank.Layout.Reports;

/// <summary>Something that is not what and where it was.</summary>
/// <param name="Key">Which piece.</param>
/// <param name="Reason">What happened to it; null when it was removed.</param>
/// <param name="From">Its previous address; null when it is new.</param>
/// <param name="To">Its address; null when it was removed.</param>
/// <param name="PreviousBytes">Its previous size.</param>
/// <param name="SizeBytes">Its size.</param>
public sealed record LayoutChange(
    string Key, PlaceReason? Reason, uint? From, uint? To, uint PreviousBytes, uint SizeBytes);
