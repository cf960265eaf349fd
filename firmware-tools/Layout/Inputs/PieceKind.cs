namespace Twinbank.Layout.Inputs;

/// <summary>What an input section holds; it decides which area of the memory it belongs to.</summary>
public enum PieceKind
{
    /// <summary>Instructions.</summary>
    Code = 1,

    /// <summary>Constants and strings, in the same area as the code.</summary>
    Constant = 2,

    /// <summary>Variables with an initial value.</summary>
    Data = 3,

    /// <summary>Variables that start as zero.</summary>
    Zero = 4,
}
