using System.Diagnostics.CodeAnalysis;

namespace Twinbank.Images.Updates;

/// <summary>Finds blocks with the same content.</summary>
sealed class DuplicateFinder
{
    readonly Dictionary<byte[], int> _blocks = new(new SameBytes());

    /// <summary>The block with the same content that was added first, or -1 after adding this one.</summary>
    internal int FindOrAdd(int block, byte[] data) => _blocks.TryAdd(data, block) ? -1 : _blocks[data];

    /// <summary>The first block with this content, or -1.</summary>
    internal int Find(byte[] data) => _blocks.TryGetValue(data, out int block) ? block : -1;

    // A checksum finds candidates ten times as fast as a hash would, and the bytes themselves decide.
    sealed class SameBytes : IEqualityComparer<byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode([DisallowNull] byte[] obj) => (int)HostCrc32C.Compute(obj);
    }
}
