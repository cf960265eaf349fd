using Twinbank.Core.Recipes;

namespace Twinbank.Deltas;

/// <summary>The block to be made and what it may be made from.</summary>
sealed class RangeBlock(byte[] target, RecipeBase? baseImage, uint baseOffset, int targetOffset)
{
    readonly Dictionary<uint, (int Start, int End)> _matches = [];

    internal byte[] Target => target;

    internal RecipeBase? Base => baseImage;

    internal uint BaseOffset => baseOffset;

    /// <summary>The byte a source has for a position, or -1 when it has none.</summary>
    internal int Predict(uint source, int position)
    {
        if (!RangeState.IsBase(source))
        {
            return source != 0 && source <= (uint)position ? target[position - (int)source] : -1;
        }

        return baseImage?.Predict(BasePosition(source, position), targetOffset + position) ?? -1;
    }

    /// <summary>How many bytes from a position on a source has right.</summary>
    internal int MatchBytes(uint source, int position)
    {
        ReadOnlySpan<byte> wanted = target.AsSpan(position);
        if (RangeState.IsBase(source))
        {
            return baseImage == null ? 0
                : baseImage.HasMap ? MatchPredicted(source, position)
                : baseImage.MatchPlain(wanted, BasePosition(source, position));
        }

        return source == 0 || source > (uint)position
            ? 0
            : wanted.CommonPrefixLength(target.AsSpan(position - (int)source));
    }

    /// <summary>Which tree of literals a position takes: by its parity.</summary>
    internal static int LiteralTree(int position) => position & 1;

    internal static uint AlignmentSource(int baseOffset, int position)
        => RangeModels.BaseSource | ((uint)(baseOffset - position) & RangeModels.AlignmentMask);

    /// <summary>Alignment that a base source has at a position.</summary>
    internal uint AlignmentAt(uint source, int position)
        => source == RangeModels.MapSource
            ? (uint)(baseImage!.ContentAt(targetOffset + position) - position) & RangeModels.AlignmentMask
            : source & RangeModels.AlignmentMask;

    internal int FindInBase(int position, int bytesMin, Span<BasePlace> places)
        => baseImage!.Find(target.AsSpan(position), targetOffset + position, bytesMin, places);

    // A match is asked for again at every position that it reaches over, so its end is kept.
    int MatchPredicted(uint source, int position)
    {
        if (_matches.TryGetValue(source, out (int Start, int End) known)
            && position >= known.Start && position < known.End)
        {
            return known.End - position;
        }

        int end = position;
        while (end < target.Length && Predict(source, end) == target[end])
        {
            end++;
        }

        if (end > position)
        {
            _matches[source] = (position, end);
        }

        return end - position;
    }

    int BasePosition(uint source, int position)
        => source == RangeModels.MapSource
            ? baseImage!.HasMap ? baseImage.ContentAt(targetOffset + position) : -1
            : (int)((source + (uint)position) & RangeModels.AlignmentMask);
}
