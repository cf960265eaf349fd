using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Twinbank.Simulation.Flash;

/// <summary>
/// Everything that a flash part keeps without power, at one moment. Immutable; may be restored any number of times and
/// into any part of the same geometry, also from several threads.
/// </summary>
public sealed class FlashSnapshot
{
    internal FlashSnapshot(NorGeometry geometry, byte[] contents, byte[] unitStates, byte[] sectorStates)
    {
        Geometry = geometry;
        ContentBytes = contents;
        UnitStates = unitStates;
        SectorStates = sectorStates;
    }

    public NorGeometry Geometry { get; }

    /// <summary>The bytes as a reader without faults would see them.</summary>
    public ReadOnlyMemory<byte> Contents => ContentBytes;

    /// <summary>
    /// A number that two snapshots share only when they are the same: 128 bits of a SHA-256 over everything in it.
    /// </summary>
    public UInt128 Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(ContentBytes);
        hash.AppendData(UnitStates);
        hash.AppendData(SectorStates);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }

    internal byte[] ContentBytes { get; }

    internal byte[] UnitStates { get; }

    internal byte[] SectorStates { get; }

    /// <summary>True when the other snapshot cannot be told from this one by any sequence of operations.</summary>
    public bool IsSameAs(FlashSnapshot other)
        => ContentBytes.AsSpan().SequenceEqual(other.ContentBytes)
            && UnitStates.AsSpan().SequenceEqual(other.UnitStates)
            && SectorStates.AsSpan().SequenceEqual(other.SectorStates);
}
