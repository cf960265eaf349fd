namespace Twinbank.Boards;

/// <summary>What a region of flash is for.</summary>
public enum RegionRole
{
    /// <summary>The boot stage; an update never touches it.</summary>
    BootStage = 1,

    /// <summary>Two sectors with the append-only records that decide what boots.</summary>
    Journal = 2,

    SlotA = 3,

    SlotB = 4,

    /// <summary>A third image that changes by promotion only. Not every board has one.</summary>
    Golden = 5,

    /// <summary>The application's own data; neither boot stage nor update touch it.</summary>
    ApplicationData = 6,

    /// <summary>Kept free: another program owns it.</summary>
    Reserved = 7,
}
