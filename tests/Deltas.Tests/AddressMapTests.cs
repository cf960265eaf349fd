using Twinbank.Core;
using Twinbank.Core.Recipes;

namespace Twinbank.Deltas.Tests;

/// <summary>
/// Recipes over code that moved: what the map predicts, that the device and the plain decoder agree on it, and that a
/// map from outside can do no harm.
/// </summary>
[TestClass]
public sealed class AddressMapTests
{
    const uint Address = 0x08020000;
    const int BlockBytes = 4096;

    static readonly RangeRecipeCodec s_codec = new();

    [TestMethod]
    [DataRow(ReferenceKind.Thumb, 1, DisplayName = "Thumb")]
    [DataRow(ReferenceKind.RiscV, 2, DisplayName = "RISC-V")]
    public void Needs_a_few_bytes_for_code_that_only_moved(ReferenceKind kind, int seed)
    {
        (CodeImage old, CodeImage next) = MovedCode.Make(kind, seed, Address, Address);
        RecipeBase over = RecipeBase.Prepare(old, next);
        Assert.AreEqual((byte)kind, over.MapBytes[AddressMap.ReferencesOffset]);
        int withMap = CheckBlocks(over, old, next) + over.MapBytes.Length;
        int without = CheckBlocks(new RecipeBase(old.Payload), old, next);
        Assert.IsLessThan(without * 0.25, withMap);
    }

    [TestMethod]
    public void Predicts_code_that_is_linked_for_another_slot()
    {
        (CodeImage old, CodeImage next) = MovedCode.Make(ReferenceKind.Thumb, 3, Address, Address + 0x80000);
        RecipeBase over = RecipeBase.Prepare(old, next);
        Assert.IsLessThan(400, CheckBlocks(over, old, next) + over.MapBytes.Length);
    }

    [TestMethod]
    public void Predicts_references_at_every_cut_of_a_copy_and_at_odd_places()
    {
        (CodeImage old, CodeImage next) = MovedCode.Make(ReferenceKind.Thumb, 4, Address, Address);
        RecipeBase over = RecipeBase.Prepare(old, next);
        for (int start = 5000; start < 5040; start++)
        {
            byte[] target = next.Payload[start..(start + 300)];
            byte[] recipe = s_codec.Encode(target, over, (uint)start, start);
            CollectionAssert.AreEqual(target, Decode(recipe, over.MapBytes, old.Payload, target.Length, start));
            CollectionAssert.AreEqual(
                target,
                new RangeReferenceDecoder(recipe, old.Payload, target.Length, (uint)start, start, over.MapBytes)
                    .Decode());
        }
    }

    [TestMethod]
    public void Refuses_every_cut_map_and_survives_every_changed_byte_of_one()
    {
        (CodeImage old, CodeImage next) = MovedCode.Make(ReferenceKind.Thumb, 5, Address, Address);
        RecipeBase over = RecipeBase.Prepare(old, next);
        byte[] target = next.Payload[..BlockBytes];
        byte[] recipe = s_codec.Encode(target, over);
        var map = new AddressMap();
        for (int count = 0; count < AddressMap.HeaderBytes; count++)
        {
            Assert.AreEqual(Status.BadLength, map.Parse(over.MapBytes, 0, count), $"{count} bytes");
        }

        for (int at = 0; at < over.MapBytes.Length; at++)
        {
            foreach (int change in (int[])[1, 0x40, 0x80, 0xFF])
            {
                byte[] changed = [.. over.MapBytes];
                changed[at] ^= (byte)change;
                if (map.Parse(changed, 0, changed.Length) == Status.Ok)
                {
                    var io = new StrictRecipeIo(old.Payload, target.Length);
                    var decoder = new RangeRecipeDecoder();
                    decoder.Begin(io, (uint)target.Length, 0, 0, map);
                    Decoding.Feed(decoder, recipe);
                }
            }
        }
    }

    [TestMethod]
    public void Refuses_maps_that_cannot_be()
    {
        var map = new AddressMap();
        byte[] head = new byte[AddressMap.HeaderBytes];
        Assert.AreEqual(Status.Ok, map.Parse(head, 0, head.Length));
        Assert.AreEqual(0u, map.Shift(12345));
        Assert.AreEqual(Status.BadLength, map.Parse([.. head, 0x80], 0, head.Length + 1));
        Assert.AreEqual(Status.BadLength, map.Parse([.. head, 1], 0, head.Length + 1));
        Assert.AreEqual(Status.BadField, map.Parse([.. head, 1, 0, 0, 0], 0, head.Length + 4));
        Assert.AreEqual(Status.BadLength, map.Parse(new byte[AddressMap.BytesMax + 1], 0, AddressMap.BytesMax + 1));
        head[AddressMap.ReferencesOffset] = 3;
        Assert.AreEqual(Status.BadField, map.Parse(head, 0, head.Length));
        head[AddressMap.ReferencesOffset] = 1;
        head[2] = 1;
        Assert.AreEqual(Status.BadReserved, map.Parse(head, 0, head.Length));
    }

    [TestMethod]
    public void Finds_every_shift_of_a_large_map()
    {
        var entries = new List<ShiftEntry>();
        for (uint i = 0; i < 900; i++)
        {
            entries.Add(new ShiftEntry(Address + (i * i), (i % 7) - 3));
        }

        byte[] bytes = AddressMapWriter.Write(ReferenceKind.Thumb, Address, 1 << 20, Address, entries);
        var map = new AddressMap();
        Assert.AreEqual(Status.Ok, map.Parse(bytes, 0, bytes.Length));
        Assert.AreEqual(0u, map.Shift(Address - 1));
        for (int i = 0; i < entries.Count; i++)
        {
            Assert.AreEqual(entries[i].Shift, map.Shift(entries[i].Start), $"entry {i}");
            Assert.AreEqual(i == 0 ? 0 : entries[i - 1].Shift, map.Shift(entries[i].Start - 1), $"before entry {i}");
        }
    }

    static int CheckBlocks(RecipeBase over, CodeImage old, CodeImage next)
    {
        int sum = 0;
        for (int start = 0; start < next.Payload.Length; start += BlockBytes)
        {
            byte[] target = next.Payload[start..Math.Min(next.Payload.Length, start + BlockBytes)];
            byte[] recipe = s_codec.Encode(target, over, (uint)start, start);
            byte[] map = over.MapBytes;
            CollectionAssert.AreEqual(target, Decode(recipe, map, old.Payload, target.Length, start));
            CollectionAssert.AreEqual(
                target,
                new RangeReferenceDecoder(
                    recipe, old.Payload, target.Length, (uint)start, start, map.Length == 0 ? null : map).Decode());
            sum += recipe.Length;
        }

        return sum;
    }

    static byte[] Decode(byte[] recipe, byte[] mapBytes, byte[] baseImage, int targetBytes, int start)
    {
        AddressMap? map = null;
        if (mapBytes.Length > 0)
        {
            map = new AddressMap();
            Assert.AreEqual(Status.Ok, map.Parse(mapBytes, 0, mapBytes.Length));
        }

        var io = new StrictRecipeIo(baseImage, targetBytes);
        var decoder = new RangeRecipeDecoder();
        decoder.Begin(io, (uint)targetBytes, (uint)start, (uint)start, map);
        Assert.AreEqual(Status.Ok, Decoding.Feed(decoder, recipe));
        return io.Target;
    }
}
