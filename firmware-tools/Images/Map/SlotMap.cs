using Twinbank.Core.Format;
using Twinbank.Images.Containers;

namespace Twinbank.Images.Map;

/// <summary>A slot as a picture shows it: its blocks in order, each with its data and its buffer.</summary>
public sealed record SlotMap
{
    public required string Title { get; init; }

    public required uint BlockBytes { get; init; }

    public required uint PayloadBytes { get; init; }

    /// <summary>Bytes of the container file.</summary>
    public required long FileBytes { get; init; }

    public required bool IsDelta { get; init; }

    public required IReadOnlyList<MappedBlock> Blocks { get; init; }

    public static SlotMap Of(ContainerFile file)
    {
        Manifest m = file.Manifest;
        string kind = file.IsDelta ? "delta" : "full image";
        var version = new ImageVersion(m.VersionMajor, m.VersionMinor, m.VersionPatch, m.VersionBuild);
        return new SlotMap
        {
            Title = $"{ManifestText.Name(m, Manifest.ImageNameOffset)} {version} for "
                + $"{ManifestText.Name(m, Manifest.BoardIdOffset)}, {kind}",
            BlockBytes = m.BlockBytes,
            PayloadBytes = m.PayloadBytes,
            FileBytes = file.Bytes.Length,
            IsDelta = file.IsDelta,
            Blocks = [.. Enumerable.Range(0, m.BlockCount).Select(block => new MappedBlock(
                block, m.VirtualBase + m.BlockVirtualStart(block), m.BlockDataBytes(block),
                m.BlockBytes - m.BlockDataBytes(block), file.Carriers.Method(block), file.Carriers.PayloadBytes(block),
                HoleBefore(m, block)))],
        };
    }

    // Addresses between two blocks that no block holds: nothing is stored for them.
    static uint HoleBefore(Manifest m, int block)
        => block == 0
            ? m.BlockVirtualStart(0)
            : m.BlockVirtualStart(block) - (m.BlockVirtualStart(block - 1) + m.BlockDataBytes(block - 1));
}

/// <summary>One block of the picture; sizes in bytes.</summary>
public sealed record MappedBlock(
    int Index, uint VirtualAddress, uint DataBytes, uint BufferBytes, CarrierMethod Carried, uint CarriedBytes,
    uint HoleBytesBefore);
