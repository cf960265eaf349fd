namespace Twinbank.Core.Recipes;

/// <summary>
/// The adaptive bit models of codec 1: where each stands in the array of models, how it starts, how it learns.
/// Encoder and decoder share this file, so they cannot disagree. specs/recipe.md section 4 is its text.
/// </summary>
/// <remarks>
/// A model is 16 bits: the probability that the next bit is 0, in 1/4096 (upper 12 bits), and how often it has learnt,
/// up to 15 (lower 4 bits). A tree of n bits takes 2^n - 1 models; its constant points one before the first, because
/// nodes are counted from 1.
/// </remarks>
public static class RangeModels
{
    /// <summary>Kinds of operation as the history remembers them.</summary>
    public const int LiteralKind = 0, DifferenceKind = 1, CopyKind = 2, KindCount = 3;

    /// <summary>A history is the last two kinds: 3 * the older one + the newer one.</summary>
    public const int HistoryCount = KindCount * KindCount;

    /// <summary>Bits of the length tree, and the first of its symbols that announces more bits.</summary>
    public const int LengthTreeBits = 5, LengthSymbolDirect = 16;

    /// <summary>
    /// The last two bits of a long length have a tree of their own: they say where in a word a copy ends.
    /// </summary>
    public const int LengthEndBits = 2;

    /// <summary>Models of one length coder: its tree, then the tree of the end.</summary>
    public const int LengthModels = 31 + 3;

    /// <summary>Shortest copy from a remembered source, and from a new one.</summary>
    public const int RepeatBytesMin = 1, NewBytesMin = 2;

    /// <summary>Longest copy above the minimum: the largest length symbol has 20 bits.</summary>
    public const int LengthMax = (1 << 20) - 1;

    /// <summary>Bits of the tree of slots, of the tree of a number's last bits.</summary>
    public const int SlotTreeBits = 6, AlignTreeBits = 4;

    /// <summary>Trees of literals, by phase.</summary>
    public const int LiteralTrees = 2;

    public const int IsCopy = 0;
    public const int IsDifference = IsCopy + (HistoryCount * 2);
    public const int IsRepeat = IsDifference + (2 * HistoryCount * 2);
    public const int IsRepeatFirst = IsRepeat + HistoryCount;
    public const int IsRepeatSecond = IsRepeatFirst + HistoryCount;
    public const int IsRepeatThird = IsRepeatSecond + HistoryCount;
    public const int IsBase = IsRepeatThird + HistoryCount;
    public const int IsBackward = IsBase + 2;
    public const int IsMap = IsBackward + 1;
    public const int RepeatLengths = IsMap;
    public const int DistanceLengths = RepeatLengths + (2 * LengthModels);
    public const int BaseLengths = DistanceLengths + (2 * LengthModels);
    public const int DistanceSlots = BaseLengths + LengthModels;
    public const int BaseSlots = DistanceSlots + (2 * 63);
    public const int DistanceAlign = BaseSlots + 63;
    public const int BaseAlign = DistanceAlign + 15;
    public const int Differences = BaseAlign + 15;
    public const int Literals = Differences + (2 * 255);

    /// <summary>All models: 4,024 bytes of memory.</summary>
    public const int Count = Literals + (LiteralTrees * 255) + 1;

    /// <summary>A source is a distance back in this block, or with this bit set an alignment of the base.</summary>
    public const uint BaseSource = 0x80000000;

    /// <summary>Alignments are counted modulo 2^30.</summary>
    public const uint AlignmentMask = 0x3FFFFFFF;

    /// <summary>The base where the address map expects it: an alignment that changes with the position.</summary>
    public const uint MapSource = 0xC0000000;

    const int ControlCount = Differences + 1;
    const int ProbabilityMin = 31;
    const int ProbabilityMax = 4096 - ProbabilityMin;

    // How far a model moves at its nth lesson: by 1/2, 1/4, ... of the way. The first ones count most.
    static readonly byte[] s_shifts = { 1, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 5 };

    /// <summary>
    /// Model after a bit; the probability stays within 31/4096 of certainty, so one bit costs at most a byte.
    /// </summary>
    public static ushort Learn(ushort model, int bit)
    {
        int lessons = model & 15;
        int probability = model >> 4;
        int shift = s_shifts[lessons];
        probability += bit == 0 ? (4096 - probability) >> shift : -(probability >> shift);
        if (probability < ProbabilityMin)
        {
            probability = ProbabilityMin;
        }
        else if (probability > ProbabilityMax)
        {
            probability = ProbabilityMax;
        }

        return (ushort)((probability << 4) | (lessons < 15 ? lessons + 1 : 15));
    }

    /// <summary>
    /// Sets all models to how a block starts. <paramref name="models"/> has <see cref="Count"/> elements.
    /// </summary>
    public static void Reset(ushort[] models)
    {
        byte[] controls = RangeModelStart.Controls;
        byte[] literals = RangeModelStart.Literals;
        for (int i = 0; i < ControlCount; i++)
        {
            models[i] = (ushort)((controls[i] << 8) | 2);
        }

        for (int i = ControlCount; i < Literals + 1; i++)
        {
            models[i] = 2048 << 4;
        }

        for (int tree = 0; tree < LiteralTrees; tree++)
        {
            for (int node = 1; node < 256; node++)
            {
                models[Literals + (tree * 255) + node] = (ushort)((literals[node - 1] << 8) | 5);
            }
        }
    }
}
