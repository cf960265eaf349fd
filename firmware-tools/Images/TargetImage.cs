using System.Security.Cryptography;
using Twinbank.Core;
using Twinbank.Core.Format;

namespace Twinbank.Images;

/// <summary>
/// A complete image on the host: its manifest, its signatures, and the data of every block. Independent of the
/// container
/// that carried it.
/// </summary>
public sealed class TargetImage
{
    /// <param name="manifestBytes">A well-formed manifest; it is parsed here.</param>
    /// <param name="signatureArea">A well-formed signature area.</param>
    /// <param name="blocks">Data area of each block, in order, of the length the manifest states.</param>
    public TargetImage(byte[] manifestBytes, byte[] signatureArea, IReadOnlyList<byte[]> blocks)
    {
        ManifestBytes = manifestBytes;
        SignatureArea = signatureArea;
        Blocks = blocks;
        Manifest = new Manifest();
        StatusErrors.ThrowUnlessOk(Manifest.Parse(manifestBytes, 0, manifestBytes.Length), "the manifest");
        ManifestDigest = SHA256.HashData(manifestBytes);
    }

    public byte[] ManifestBytes { get; }

    public byte[] SignatureArea { get; }

    /// <summary>Data areas without buffers.</summary>
    public IReadOnlyList<byte[]> Blocks { get; }

    public Manifest Manifest { get; }

    /// <summary>The image's identity: SHA-256 of the manifest, 32 bytes.</summary>
    public byte[] ManifestDigest { get; }

    public ImageVersion Version
        => new(Manifest.VersionMajor, Manifest.VersionMinor, Manifest.VersionPatch, Manifest.VersionBuild);

    public string BoardId => ManifestText.Name(Manifest, Manifest.BoardIdOffset);

    public string Name => ManifestText.Name(Manifest, Manifest.ImageNameOffset);

    /// <summary>All data areas laid end to end: what recipes call the base payload.</summary>
    public byte[] JoinPayload()
    {
        byte[] payload = new byte[Manifest.PayloadBytes];
        int at = 0;
        foreach (byte[] block in Blocks)
        {
            block.CopyTo(payload, at);
            at += block.Length;
        }

        return payload;
    }

    /// <summary>The first block whose data does not match its SHA-256, or -1.</summary>
    public int FindCorruptBlock()
    {
        for (int block = 0; block < Blocks.Count; block++)
        {
            ReadOnlySpan<byte> expected = ManifestBytes.AsSpan(
                Manifest.BlockDigestSourceOffset(block) - Manifest.SourceOffset, Manifest.DigestBytes);
            if (!SHA256.HashData(Blocks[block]).AsSpan().SequenceEqual(expected))
            {
                return block;
            }
        }

        return -1;
    }
}
