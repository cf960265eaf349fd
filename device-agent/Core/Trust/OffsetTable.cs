using Twinbank.Core.Format;

namespace Twinbank.Core.Trust;

/// <summary>The virtual-address offset table of an image: lookup, and what a translation can do with it.</summary>
public static class OffsetTable
{
    /// <summary>What <see cref="ToSlotOffset"/> gives for an address that no extent holds.</summary>
    public const uint NotMapped = 0xFFFFFFFF;

    /// <summary>Place of a virtual address in the slot's block area, or <see cref="NotMapped"/>.</summary>
    public static uint ToSlotOffset(Manifest manifest, uint virtualAddress)
    {
        uint virtualOffset = virtualAddress - manifest.VirtualBase;
        for (int extent = 0; extent < manifest.ExtentCount; extent++)
        {
            uint within = virtualOffset - manifest.ExtentVirtualStart(extent);
            if (within < manifest.ExtentLengthBytes(extent))
            {
                return manifest.ExtentSlotOffset(extent) + within;
            }
        }

        return NotMapped;
    }

    /// <summary>
    /// Ok when a board with this translation can run the image; BadTranslation when its granule or its number of
    /// extents does not fit; WrongKind when the payload kind needs another translation.
    /// </summary>
    public static Status CheckTranslation(Manifest manifest, Translation translation, uint granuleBytes)
    {
        if (!KindFits(manifest.PayloadKind, translation))
        {
            return Status.WrongKind;
        }

        if (translation is Translation.Overlay or Translation.SwapHalves
            && manifest.PayloadKind == PayloadKind.NativeXip)
        {
            // One contiguous piece: the hardware moves the whole slot, so nothing inside it may move relative to it.
            return manifest.ExtentCount == 1 && manifest.ExtentVirtualStart(0) == manifest.ExtentSlotOffset(0)
                ? Status.Ok
                : Status.BadTranslation;
        }

        if (translation is Translation.Window or Translation.MmuPages && manifest.PayloadKind == PayloadKind.NativeXip)
        {
            return ExtentsAreGranules(manifest, granuleBytes) ? Status.Ok : Status.BadTranslation;
        }

        return Status.Ok;
    }

    // Translation none copies to RAM, so code linked for execution in place cannot run there, and the other way round
    // RAM code needs no translation at all.
    static bool KindFits(PayloadKind kind, Translation translation)
        => kind switch
        {
            PayloadKind.NativeXip => translation is not (Translation.None or Translation.Software),
            PayloadKind.NanoFramework => translation == Translation.Software,
            _ => true,
        };

    static bool ExtentsAreGranules(Manifest manifest, uint granuleBytes)
    {
        uint mask = granuleBytes - 1;
        for (int extent = 0; extent < manifest.ExtentCount; extent++)
        {
            uint bits = (manifest.VirtualBase + manifest.ExtentVirtualStart(extent))
                | manifest.ExtentLengthBytes(extent) | manifest.ExtentSlotOffset(extent);
            if ((bits & mask) != 0)
            {
                return false;
            }
        }

        return true;
    }
}
