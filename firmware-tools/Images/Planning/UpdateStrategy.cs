namespace Twinbank.Images.Planning;

/// <summary>A way to bring a device from the image it runs to another one.</summary>
public enum UpdateStrategy
{
    /// <summary>The difference is appended to the erased buffer areas of the running slot; nothing is erased.</summary>
    Overlay,

    /// <summary>The other slot becomes the new image; the difference to the running image is sent.</summary>
    Sync,

    /// <summary>The other slot becomes the new image; the whole image is sent.</summary>
    Full,

    /// <summary>The running image with its overlays becomes a fresh base in the other slot, then an overlay.</summary>
    CompactThenOverlay,
}
