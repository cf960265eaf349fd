using Twinbank.Boards;
using Twinbank.Formats;
using Twinbank.Images.Building;
using Twinbank.Images.Containers;
using Twinbank.Images.Keys;
using Twinbank.Images.Planning;
using Twinbank.Images.Updates;

namespace Twinbank.Images.Tests.Planning;

/// <summary>Images with small differences, and devices as values.</summary>
internal static class PlanBench
{
    private static readonly SigningKey s_key = SigningKey.FromSecret(KeyAlgorithm.Ed25519, new byte[32]);

    public static Board Board(string id) => BoardCatalog.BuiltIn.Find(id);

    /// <summary>Version n of one program: 4 bytes of one block differ from version to version.</summary>
    public static TargetImage Build(string board, int version, int payloadBytes = 60_000)
    {
        byte[] data = new byte[payloadBytes];
        new Random(1).NextBytes(data);
        BitConverter.TryWriteBytes(data.AsSpan(payloadBytes / 2), version * 0x01010101);
        Board found = Board(board);
        return ImageBuilder.Build(new ImageRequest
        {
            Board = found,
            Payload = MemoryImage.Create([new MemorySegment(found.VirtualBase, data)], null, "test"),
            Name = "app",
            Version = new ImageVersion((ushort)version, 0, 0, 0),
            Keys = [s_key],
        });
    }

    public static ContainerFile Full(TargetImage image)
        => ContainerFile.Parse($"app-{image.Version}.fwi", FullContainer.Write(image));

    public static UpdateContainers Update(TargetImage from, TargetImage to)
    {
        var known = new KnownImages();
        known.Add(Full(from));
        return UpdateContainers.Make(Full(to), from.ManifestDigest, known);
    }

    /// <summary>An update whose device runs an image that nobody knows.</summary>
    public static UpdateContainers OnlyFull(TargetImage to)
        => UpdateContainers.Make(Full(to), new byte[32], new KnownImages());

    /// <summary>A device that runs an image from slot A; slot B holds another one, or nobody knows what.</summary>
    public static PlanDevice Device(string boardId, TargetImage running, TargetImage? other)
    {
        Board board = Board(boardId);
        return PlanDevice.OfBoard(board, running.Manifest) with
        {
            RunningDigest = running.ManifestDigest,
            RunningVersion = running.Version.ToString(),
            OtherSlot = other?.Manifest,
            OtherSlotDigest = other?.ManifestDigest,
        };
    }
}
