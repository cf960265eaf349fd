using System.Security.Cryptography;

namespace Twinbank.Images.Updates;

/// <summary>Finds blocks with the same content.</summary>
sealed class DuplicateFinder
{
    readonly Dictionary<string, int> _blocks = new(StringComparer.Ordinal);

    /// <summary>The block with the same content that was added first, or -1 after adding this one.</summary>
    internal int FindOrAdd(int block, byte[] data)
    {
        string key = Convert.ToHexString(SHA256.HashData(data));
        return _blocks.TryAdd(key, block) ? -1 : _blocks[key];
    }

    /// <summary>The first block with this content, or -1.</summary>
    internal int Find(byte[] data)
        => _blocks.TryGetValue(Convert.ToHexString(SHA256.HashData(data)), out int block) ? block : -1;
}
