using Twinbank.Core;
using Twinbank.Core.Recipes;

namespace Twinbank.Deltas;

/// <summary>
/// Where an image holds references, found the way the decoder finds them (specs/recipe.md section 6).
/// </summary>
sealed class CodeFields
{
    internal const int FieldBytes = 4;

    const uint MemoryBytes = 0x100000;

    static readonly uint[] s_thumbMemories = [0x10000000, 0x20000000, 0x24000000, 0x30000000];
    static readonly uint[] s_riscVMemories = [0x20000000, 0x3FC00000, 0x80000000];

    readonly byte[] _payload;
    readonly uint _address;
    readonly ReferenceKind _kind;

    internal CodeFields(CodeImage image, ReferenceKind kind)
    {
        _payload = image.Payload;
        _address = image.Address;
        _kind = kind;
    }

    internal uint Word(int at) => LittleEndian.ReadU32(_payload, at);

    internal bool Contains(uint address) => address - _address < (uint)_payload.Length;

    /// <summary>True for an address word that could be one by its place.</summary>
    internal bool IsWord(int at)
        => at + FieldBytes <= _payload.Length && ((at + _address) & 3) == 0
            && !HasBranch(at + 2) && (at < 2 || !HasBranch(at - 2)) && !HasBranch(at);

    /// <summary>True for a branch whose goal is in the image.</summary>
    internal bool IsBranch(int at) => HasBranch(at) && Contains(Goal(at));

    internal uint Goal(int at) => _address + (uint)at + CodeReference.Distance(_kind, Word(at));

    /// <summary>True for a word that is likely an address of this image or of its memory.</summary>
    internal bool LooksLikeAddress(uint word)
    {
        if (Contains(word))
        {
            return word >= 0x100;
        }

        uint[] memories = _kind == ReferenceKind.RiscV ? s_riscVMemories : s_thumbMemories;
        return Array.Exists(memories, start => word - start < MemoryBytes);
    }

    /// <summary>First offset that holds an even address.</summary>
    internal int FirstEven => (int)(_address & 1);

    /// <summary>
    /// The image with what shifts taken out: branches without their distance, addresses all alike. What is left is the
    /// same wherever it is linked to.
    /// </summary>
    internal byte[] Mask()
    {
        byte[] masked = [.. _payload];
        for (int at = FirstEven; at + FieldBytes <= _payload.Length; at += 2)
        {
            if (IsBranch(at))
            {
                uint mask = _kind == ReferenceKind.Thumb ? 0xF800F800 : 0xFFFu;
                LittleEndian.WriteU32(masked, at, Word(at) & mask);
            }
            else if (IsWord(at) && LooksLikeAddress(Word(at)))
            {
                LittleEndian.WriteU32(masked, at, 0xA5A55A5A);
            }
        }

        return masked;
    }

    bool HasBranch(int at)
        => at + FieldBytes <= _payload.Length && at >= 0
            && CodeReference.IsBranch(
                _kind, LittleEndian.ReadU16(_payload, at), LittleEndian.ReadU16(_payload, at + 2));

    /// <summary>The kind of code whose branches find the most goals in the image.</summary>
    internal static ReferenceKind GuessKind(CodeImage image)
    {
        int thumb = CountBranches(image, ReferenceKind.Thumb);
        int riscV = CountBranches(image, ReferenceKind.RiscV);
        int enough = image.Payload.Length / 2000;
        return Math.Max(thumb, riscV) < enough ? ReferenceKind.Words
            : thumb >= riscV ? ReferenceKind.Thumb : ReferenceKind.RiscV;
    }

    static int CountBranches(CodeImage image, ReferenceKind kind)
    {
        var fields = new CodeFields(image, kind);
        int count = 0;
        for (int at = fields.FirstEven; at + FieldBytes <= image.Payload.Length; at += 2)
        {
            count += fields.IsBranch(at) ? 1 : 0;
        }

        return count;
    }
}
