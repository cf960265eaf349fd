using System.Buffers.Binary;

namespace Twinbank.Benchmarks.Deltas;

/// <summary>
/// Where a bare binary is linked to, for pairs without ELF files. Containers say it; binaries do not.
/// </summary>
internal static class LoadAddress
{
    const int CandidateCount = 12;
    const int StepsBack = 8;
    const uint Step = 0x10000;

    static readonly uint[] s_offsets = [0, 0x2000, 0x4000, 0x5000, 0x8000, 0xC000];

    /// <summary>The address at which most words of the binary would lead into it.</summary>
    public static uint Guess(byte[] payload)
    {
        uint[] words = new uint[payload.Length / 4];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(payload.AsSpan(4 * i));
        }

        IEnumerable<uint> starts = words.Where(word => (word & 1) == 1)
            .GroupBy(word => word & ~(Step - 1))
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key)
            .Take(CandidateCount)
            .Select(group => group.Key);
        return starts
            .SelectMany(start => Enumerable.Range(0, StepsBack + 1).Select(back => start - ((uint)back * Step)))
            .Distinct()
            .SelectMany(start => s_offsets.Select(offset => start + offset))
            .Append(0u)
            .MaxBy(start => words.Count(word => word - start >= 0x100 && word - start < (uint)payload.Length));
    }
}
