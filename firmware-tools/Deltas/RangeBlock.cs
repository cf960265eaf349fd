using Twinbank.Core.Recipes;

namespace Twinbank.Deltas;

/// <summary>The block to be made and what it may be made from.</summary>
sealed class RangeBlock(byte[] target, BaseIndex? baseImage, uint baseOffset)
{
    internal byte[] Target => target;

    internal BaseIndex? Base => baseImage;

    internal uint BaseOffset => baseOffset;

    /// <summary>The byte a source has for a position, or -1 when it has none.</summary>
    internal int Predict(uint source, int position)
    {
        if (!RangeState.IsBase(source))
        {
            return source != 0 && source <= (uint)position ? target[position - (int)source] : -1;
        }

        uint offset = (uint)BasePosition(source, position);
        return baseImage != null && offset < (uint)baseImage.Payload.Length ? baseImage.Payload[(int)offset] : -1;
    }

    /// <summary>How many bytes from a position on a source has right.</summary>
    internal int MatchBytes(uint source, int position)
    {
        ReadOnlySpan<byte> wanted = target.AsSpan(position);
        if (RangeState.IsBase(source))
        {
            return baseImage?.MatchBytes(wanted, BasePosition(source, position)) ?? 0;
        }

        return source == 0 || source > (uint)position
            ? 0
            : wanted.CommonPrefixLength(target.AsSpan(position - (int)source));
    }

    /// <summary>Which tree of literals a position takes: by the parity of the position and the byte before.</summary>
    internal int LiteralTree(int position)
        => ((position & 1) * 2) + (position > 0 ? target[position - 1] >> 7 : 0);

    internal static uint AlignmentSource(int baseOffset, int position)
        => RangeModels.BaseSource | ((uint)(baseOffset - position) & RangeModels.AlignmentMask);

    static int BasePosition(uint source, int position) => (int)((source + (uint)position) & RangeModels.AlignmentMask);
}
