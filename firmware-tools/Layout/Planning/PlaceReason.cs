namespace Twinbank.Layout.Planning;

/// <summary>Why a piece is where it is.</summary>
public enum PlaceReason
{
    /// <summary>At the address it had.</summary>
    Kept = 1,

    /// <summary>At the address it had, over free room behind it.</summary>
    GrewInPlace = 2,

    /// <summary>It outgrew its place and found room in its own block.</summary>
    MovedInBlock = 3,

    /// <summary>It outgrew its place and found room in another block.</summary>
    MovedToOtherBlock = 4,

    /// <summary>Not in the previous release.</summary>
    New = 5,

    /// <summary>Its area moved as a whole, so it moved with it.</summary>
    AreaMoved = 6,

    /// <summary>The first release with a layout: everything is where the link put it first.</summary>
    First = 7,
}
