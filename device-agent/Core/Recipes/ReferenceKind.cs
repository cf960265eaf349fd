namespace Twinbank.Core.Recipes;

/// <summary>How the machine code of an image names places in it (specs/recipe.md section 6).</summary>
public enum ReferenceKind : byte
{
    /// <summary>Address words only.</summary>
    Words = 0,

    /// <summary>Address words, and the calls and jumps BL and B.W of Thumb-2.</summary>
    Thumb = 1,

    /// <summary>Address words, and JAL of RISC-V.</summary>
    RiscV = 2,
}
