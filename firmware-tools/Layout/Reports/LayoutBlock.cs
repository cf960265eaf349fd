namespace Twinbank.Layout.Reports;

/// <summary>How full one block of the image is; sizes in bytes.</summary>
/// <param name="Index">0 is at the virtual base.</param>
/// <param name="Address">Its first address.</param>
/// <param name="DataBytes">What lies in it.</param>
/// <param name="HoleBytes">Free room between that, outside the spare area.</param>
/// <param name="SpareUsedBytes">Of its spare area: what outgrew its place.</param>
/// <param name="SpareBytes">Its spare area.</param>
/// <param name="EntryCount">Entries of its pointer table.</param>
public sealed record LayoutBlock(
    int Index, uint Address, uint DataBytes, uint HoleBytes, uint SpareUsedBytes, uint SpareBytes, int EntryCount);
