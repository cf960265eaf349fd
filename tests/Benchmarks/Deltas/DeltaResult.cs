using System.Diagnostics;
using Twinbank.Core;
using Twinbank.Core.Format;
using Twinbank.Core.Recipes;
using Twinbank.Deltas;
using Twinbank.Images.Updates;

namespace Twinbank.Benchmarks.Deltas;

/// <summary>What a delta of one pair costs with this project's codec.</summary>
/// <param name="PatchBytes">Recipes, address map and carrier entries: what another tool's patch has in it.</param>
/// <param name="ContainerBytes">All that travels: header, the target's manifest and one signature as well.</param>
/// <param name="EncodeSeconds">Processor time to encode, all threads together.</param>
/// <param name="DecodeSeconds">Processor time to decode with the device's decoder.</param>
/// <param name="MapBytes">The packed map, which a device keeps in memory.</param>
/// <param name="ChangedBlocks">Blocks that block sync erases.</param>
/// <param name="ChangedBytes">Bytes that block sync programs.</param>
/// <param name="BlockCount">Blocks that a full update erases.</param>
internal sealed record DeltaResult(
    int PatchBytes, int ContainerBytes, double EncodeSeconds, double DecodeSeconds, int MapBytes, int ChangedBlocks,
    int ChangedBytes, int BlockCount)
{
    const int ExtentBytes = 12;
    const int SignatureAreaBytes = 88;

    /// <summary>Encodes, decodes and compares every block.</summary>
    public static DeltaResult Measure(DeltaPair pair, int blockBytes)
    {
        var codec = new RangeRecipeCodec();
        byte[] old = pair.Old.Payload;
        byte[] next = pair.Next.Payload;
        int count = (next.Length + blockBytes - 1) / blockBytes;
        TimeSpan start = ProcessorTime();
        RecipeBase with = RecipeBase.Prepare(pair.Old, pair.Next);
        byte[]?[] recipes = Encode(codec, with, old, next, blockBytes, count);
        if (with.MapMayNotPay(Sum(recipes)))
        {
            var without = new RecipeBase(old);
            byte[]?[] plain = Encode(codec, without, old, next, blockBytes, count);
            if (Sum(plain) < Sum(recipes) + with.MapBytes.Length)
            {
                (with, recipes) = (without, plain);
            }
        }

        double encodeSeconds = (ProcessorTime() - start).TotalSeconds;
        start = ProcessorTime();
        Decode(recipes, with, old, next, blockBytes);
        double decodeSeconds = (ProcessorTime() - start).TotalSeconds;
        int patchBytes = Sum(recipes) + with.MapBytes.Length + (count * CarrierTable.EntryBytes);
        int changed = recipes.Count(recipe => recipe != null);
        int changedBytes = Enumerable.Range(0, count).Where(block => recipes[block] != null)
            .Sum(block => Math.Min(blockBytes, next.Length - (block * blockBytes)));
        int manifestBytes = Manifest.FixedBytes + (count * Manifest.BlockEntryBytes) + ExtentBytes;
        return new DeltaResult(
            patchBytes, ContainerHeader.SizeBytes + manifestBytes + SignatureAreaBytes + patchBytes, encodeSeconds,
            decodeSeconds, with.MapBytes.Length, changed, changedBytes, count);
    }

    // Of all threads: a machine that does other things, too, makes the clock on the wall useless.
    static TimeSpan ProcessorTime() => Process.GetCurrentProcess().TotalProcessorTime;

    // Null for a block that stays.
    static byte[]?[] Encode(
        RangeRecipeCodec codec, RecipeBase over, byte[] old, byte[] next, int blockBytes, int count)
    {
        var recipes = new byte[]?[count];
        Parallel.For(0, count, block =>
        {
            int start = block * blockBytes;
            ReadOnlySpan<byte> target = next.AsSpan(start, Math.Min(blockBytes, next.Length - start));
            bool stays = start + target.Length <= old.Length && target.SequenceEqual(old.AsSpan(start, target.Length));
            recipes[block] = stays ? null : codec.Encode(target, over, BaseOffset(start, old), start);
        });
        return recipes;
    }

    static void Decode(byte[]?[] recipes, RecipeBase over, byte[] old, byte[] next, int blockBytes)
    {
        AddressMap? map = null;
        if (over.MapBytes.Length > 0)
        {
            map = new AddressMap();
            Require(map.Parse(over.MapBytes, 0, over.MapBytes.Length));
        }

        var decoder = new RangeRecipeDecoder();
        for (int block = 0; block < recipes.Length; block++)
        {
            int start = block * blockBytes;
            if (recipes[block] is not { } recipe)
            {
                continue;
            }

            int count = Math.Min(blockBytes, next.Length - start);
            var io = new MemoryRecipeIo(old, count);
            decoder.Begin(io, (uint)count, BaseOffset(start, old), (uint)start, map);
            Require(decoder.Accept(recipe, 0, recipe.Length));
            Require(decoder.Finish());
            if (!io.Target.AsSpan().SequenceEqual(next.AsSpan(start, count)))
            {
                throw new InvalidOperationException($"Block {block} was decoded to something else.");
            }
        }
    }

    static int Sum(byte[]?[] recipes) => recipes.Sum(recipe => recipe?.Length ?? 0);

    // As a device gives it: the base's block with the same index, 0 where there is none.
    static uint BaseOffset(int start, byte[] old) => start < old.Length ? (uint)start : 0;

    static void Require(Status status)
    {
        if (status != Status.Ok)
        {
            throw new InvalidOperationException($"The decoder says {status}.");
        }
    }
}
