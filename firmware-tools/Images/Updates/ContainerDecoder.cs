using Twinbank.Core;
using Twinbank.Core.Format;
using Twinbank.Core.Recipes;
using Twinbank.Errors;
using Twinbank.Images.Containers;

namespace Twinbank.Images.Updates;

/// <summary>
/// Makes the target image from a container, and from its base for a delta, with the decoders that run on devices.
/// </summary>
public sealed class ContainerDecoder
{
    readonly RecipeDecoder[] _decoders;

    public ContainerDecoder(params RecipeDecoder[] decoders) => _decoders = decoders;

    /// <summary>
    /// Decodes and checks every block. Errors: FW2023 for another base, FW2005 for a block with another hash, FW2011
    /// and FW2004 for damaged carried bytes.
    /// </summary>
    public TargetImage Decode(ContainerFile container, TargetImage? baseImage)
    {
        CheckBase(container, baseImage);
        byte[] basePayload = container.IsDelta ? baseImage!.JoinPayload() : [];
        var blocks = new byte[container.Manifest.BlockCount][];
        for (int block = 0; block < blocks.Length; block++)
        {
            blocks[block] = DecodeBlock(container, baseImage, basePayload, blocks, block);
        }

        var image = new TargetImage(container.ManifestBytes, container.SignatureAreaBytes, blocks);
        int corrupt = image.FindCorruptBlock();
        return corrupt < 0
            ? image
            : throw new FirmwareException(ErrorCode.BadDigest, ("subject", $"Block {corrupt} of {container.Subject}"));
    }

    static void CheckBase(ContainerFile container, TargetImage? baseImage)
    {
        if (!container.IsDelta)
        {
            return;
        }

        if (baseImage == null)
        {
            throw new FirmwareException(
                ErrorCode.DeltaNeedsBase, ("subject", container.Subject), ("base", container.Header.BaseDigest));
        }

        if (!baseImage.ManifestDigest.AsSpan().SequenceEqual(container.Header.BaseDigest))
        {
            throw StatusErrors.ToException(Status.WrongBase, container.Subject);
        }
    }

    byte[] DecodeBlock(
        ContainerFile container, TargetImage? baseImage, byte[] basePayload, byte[][] blocks, int block)
    {
        CarrierTable carriers = container.Carriers;
        uint argument = carriers.Argument(block);
        switch (carriers.Method(block))
        {
            case CarrierMethod.Stored:
                return container.ReadCarried(block).ToArray();
            case CarrierMethod.Duplicate:
                return blocks[argument];
            case CarrierMethod.Unchanged:
                return argument < (uint)baseImage!.Blocks.Count
                    ? baseImage.Blocks[(int)argument]
                    : throw StatusErrors.ToException(Status.BadField, $"Block {block} of {container.Subject}");
            default:
                bool hasBase = carriers.Method(block) == CarrierMethod.Recipe;
                return DecodeRecipe(container, block, hasBase ? basePayload : [], hasBase ? baseImage : null);
        }
    }

    byte[] DecodeRecipe(ContainerFile container, int block, byte[] basePayload, TargetImage? baseImage)
    {
        string subject = $"Block {block} of {container.Subject}";
        byte codecId = container.Carriers.CodecId(block);
        RecipeDecoder decoder = Array.Find(_decoders, candidate => candidate.CodecId == codecId)
            ?? throw StatusErrors.ToException(Status.NotSupported, subject);
        byte[] carried = container.ReadCarried(block).ToArray();
        var io = new MemoryRecipeIo(basePayload, (int)container.Manifest.BlockDataBytes(block));
        decoder.Begin(
            io, container.Manifest.BlockDataBytes(block), BaseOffset(baseImage, block),
            container.Manifest.BlockPayloadOffset(block), baseImage == null ? null : container.Map);
        StatusErrors.ThrowUnlessOk(decoder.Accept(carried, 0, carried.Length), subject);
        StatusErrors.ThrowUnlessOk(decoder.Finish(), subject);
        return io.Target;
    }

    static uint BaseOffset(TargetImage? baseImage, int block)
        => baseImage != null && block < baseImage.Blocks.Count
            ? (uint)baseImage.Blocks.Take(block).Sum(data => data.Length)
            : 0;
}
