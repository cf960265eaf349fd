namespace Twinbank.Core.Recipes;

/// <summary>Calls and jumps that name their goal by its distance (specs/recipe.md section 6).</summary>
public static class CodeReference
{
    const uint ThumbReachBytes = 0x400000;
    const uint RiscVReachBytes = 0x100000;

    /// <summary>
    /// True for two halves that are one branch with a distance worth predicting: Thumb BL and B.W within 4 MiB, whose
    /// second half is never a first one; RISC-V JAL that links to x0, x1 or x5.
    /// </summary>
    public static bool IsBranch(ReferenceKind kind, uint first, uint second)
        => kind switch
        {
            ReferenceKind.Thumb => (first & 0xF800) == 0xF000 && (second & 0xB800) == 0xB800,
            ReferenceKind.RiscV => (first & 0xFFF) is 0x06F or 0x0EF or 0x2EF,
            _ => false,
        };

    /// <summary>
    /// Distance from the branch's own address to its goal; <paramref name="word"/> has the first half low.
    /// </summary>
    public static uint Distance(ReferenceKind kind, uint word)
    {
        if (kind == ReferenceKind.Thumb)
        {
            uint distance = ((word & 0x7FF) << 12) | ((word >> 15) & 0xFFE);
            return (distance ^ ThumbReachBytes) - ThumbReachBytes + 4;
        }

        uint far = (word & 0xFF000) | ((word >> 9) & 0x800) | ((word >> 20) & 0x7FE) | ((word >> 11) & 0x100000);
        return (far ^ RiscVReachBytes) - RiscVReachBytes;
    }

    /// <summary>The branch with another distance; unchanged when it cannot reach that far.</summary>
    public static uint WithDistance(ReferenceKind kind, uint word, uint distance)
    {
        if (kind == ReferenceKind.Thumb)
        {
            distance -= 4;
            return distance + ThumbReachBytes >= 2 * ThumbReachBytes
                ? word
                : (word & 0xF800F800) | ((distance >> 12) & 0x7FF) | ((distance & 0xFFE) << 15);
        }

        return distance + RiscVReachBytes >= 2 * RiscVReachBytes
            ? word
            : (word & 0xFFF) | (distance & 0xFF000) | ((distance & 0x800) << 9) | ((distance & 0x7FE) << 20)
                | ((distance & 0x100000) << 11);
    }
}
