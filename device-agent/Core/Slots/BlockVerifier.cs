using Twinbank.Core.Checks;
using Twinbank.Core.Format;

namespace Twinbank.Core.Slots;

/// <summary>Compares the data area of a block with its hash in a manifest.</summary>
public static class BlockVerifier
{
    /// <summary>Gives Ok, BadDigest or a read error. Uses all of the scratch buffer as its read size.</summary>
    public static Status Check(
        BlockReader reader, Manifest manifest, int block, DigestAlgorithm sha256, byte[] scratch, byte[] digest)
    {
        Status status = reader.Prepare();
        if (status != Status.Ok)
        {
            return status;
        }

        uint offset = 0;
        uint left = manifest.BlockDataBytes(block);
        sha256.Reset();
        while (left > 0)
        {
            int piece = left < (uint)scratch.Length ? (int)left : scratch.Length;
            status = reader.ReadBlock(block, offset, scratch, 0, piece);
            if (status != Status.Ok)
            {
                return status;
            }

            sha256.Update(scratch, 0, piece);
            offset += (uint)piece;
            left -= (uint)piece;
        }

        sha256.Finish(digest, 0);
        return Bytes.Equal(
            digest, 0, manifest.Source, manifest.BlockDigestSourceOffset(block), Manifest.DigestBytes)
            ? Status.Ok
            : Status.BadDigest;
    }
}
