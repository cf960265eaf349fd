namespace Twinbank.Layout.Planning;

/// <summary>What a moved function costs an update, in bytes on the wire: an estimate to choose by.</summary>
public static class LayoutCost
{
    /// <summary>
    /// A changed reference: three to four bytes, and two to say where (measured with positional records: 5 to 7).
    /// </summary>
    public const int ReferenceBytes = 6;

    /// <summary>A branch in the old place: four bytes, and two to say where; and a jump more per call.</summary>
    public const int EntryBytes = 6;

    /// <summary>So much must be won before a call gets slower.</summary>
    public const int MarginBytes = 12;

    /// <summary>True when a branch at the old address is cheaper than changing all references.</summary>
    public static bool PrefersEntry(int referenceCount)
        => referenceCount * ReferenceBytes > EntryBytes + MarginBytes;
}
