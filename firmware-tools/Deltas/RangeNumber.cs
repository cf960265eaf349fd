using System.Numerics;
using Twinbank.Core.Recipes;

namespace Twinbank.Deltas;

/// <summary>How codec 1 splits numbers and lengths into symbols and bits (specs/recipe.md section 3).</summary>
static class RangeNumber
{
    /// <summary>Numbers below 4 are their own slot; above, it says the top bit and the bit after it.</summary>
    internal static int Slot(uint value)
    {
        if (value < 4)
        {
            return (int)value;
        }

        int top = BitOperations.Log2(value);
        return (top * 2) + (int)((value >> (top - 1)) & 1);
    }

    /// <summary>Bits of a number that its slot does not say.</summary>
    internal static int LowBits(int slot) => slot < 4 ? 0 : (slot >> 1) - 1;

    internal static int LengthSymbol(int length)
        => length < RangeModels.LengthSymbolDirect
            ? length
            : RangeModels.LengthSymbolDirect + BitOperations.Log2((uint)length) - 4;

    /// <summary>Plain bits of a length, between its symbol and its last two bits.</summary>
    internal static int LengthMiddleBits(int symbol)
        => symbol < RangeModels.LengthSymbolDirect ? 0 : symbol - RangeModels.LengthSymbolDirect + 2;

    /// <summary>How far an alignment lies from another one, between -2^30 and 2^30.</summary>
    internal static int Shift(uint source, uint alignment) => (int)((source - alignment) << 1) >> 1;
}
