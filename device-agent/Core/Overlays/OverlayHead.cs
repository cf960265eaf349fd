using Twinbank.Core.Checks;

namespace Twinbank.Core.Overlays;

/// <summary>The head of a record in the overlay log: two halves, each one program operation (specs/overlay.md section
/// 1).</summary>
public sealed class OverlayHead
{
    /// <summary>Bytes of a half that are used; the rest of its program unit stays 0xFF.</summary>
    public const int HalfBytes = 32;
    public const uint OpenMagic = 0x4F425754;
    public const uint CommitMagic = 0x43425754;

    /// <summary>As in the journal: enough that no two images of a product share it.</summary>
    public const int DigestPrefixBytes = 16;

    /// <summary>Overlays of one slot: more of them cost more to compose than a compaction does.</summary>
    public const int GenerationMax = 32;

    const int GenerationOffset = 4, BaseGenerationOffset = 6, ContainerBytesOffset = 8, BaseDigestOffset = 12;
    const int OpenCrcOffset = 28, ContainerCrcOffset = 36, DigestOffset = 40, ReservedOffset = 56, CommitCrcOffset = 60;

    // Both halves, one after the other.
    readonly byte[] _bytes = new byte[2 * HalfBytes];

    /// <summary>Where the first half is read to; the second one follows it.</summary>
    public byte[] Buffer => _bytes;

    public ushort Generation => LittleEndian.ReadU16(_bytes, GenerationOffset);

    public ushort BaseGeneration => LittleEndian.ReadU16(_bytes, BaseGenerationOffset);

    public uint ContainerBytes => LittleEndian.ReadU32(_bytes, ContainerBytesOffset);

    public uint ContainerCrc => LittleEndian.ReadU32(_bytes, ContainerCrcOffset);

    /// <summary>True when the buffer holds a first half.</summary>
    public bool IsOpen
        => LittleEndian.ReadU32(_bytes, 0) == OpenMagic
            && LittleEndian.ReadU32(_bytes, OpenCrcOffset) == Crc32C.Compute(_bytes, 0, OpenCrcOffset)
            && Generation is > 0 and <= GenerationMax && BaseGeneration < Generation;

    /// <summary>True when the buffer holds the second half that belongs to its first.</summary>
    public bool IsCommitted
        => LittleEndian.ReadU32(_bytes, HalfBytes) == CommitMagic
            && LittleEndian.ReadU32(_bytes, CommitCrcOffset) == Crc32C.Compute(_bytes, 0, CommitCrcOffset)
            && LittleEndian.ReadU32(_bytes, ReservedOffset) == 0;

    /// <summary>True when the place of a first half reads erased.</summary>
    public bool IsErased => Bytes.AllAre(_bytes, 0, HalfBytes, 0xFF);

    /// <summary>Fills the first half.</summary>
    public void Open(ushort generation, ushort baseGeneration, uint containerBytes, byte[] baseDigest)
    {
        LittleEndian.WriteU32(_bytes, 0, OpenMagic);
        LittleEndian.WriteU16(_bytes, GenerationOffset, generation);
        LittleEndian.WriteU16(_bytes, BaseGenerationOffset, baseGeneration);
        LittleEndian.WriteU32(_bytes, ContainerBytesOffset, containerBytes);
        Bytes.Copy(baseDigest, 0, _bytes, BaseDigestOffset, DigestPrefixBytes);
        LittleEndian.WriteU32(_bytes, OpenCrcOffset, Crc32C.Compute(_bytes, 0, OpenCrcOffset));
    }

    /// <summary>Fills the second half; the first one is in the buffer still.</summary>
    public void Commit(uint containerCrc, byte[] digest)
    {
        Bytes.Fill(_bytes, HalfBytes, HalfBytes, 0);
        LittleEndian.WriteU32(_bytes, HalfBytes, CommitMagic);
        LittleEndian.WriteU32(_bytes, ContainerCrcOffset, containerCrc);
        Bytes.Copy(digest, 0, _bytes, DigestOffset, DigestPrefixBytes);
        LittleEndian.WriteU32(_bytes, CommitCrcOffset, Crc32C.Compute(_bytes, 0, CommitCrcOffset));
    }
}
