using Twinbank.Core;
using Twinbank.Core.Recipes;

namespace Twinbank.Deltas.Tests;

[TestClass]
public sealed class RangeRoundTripTests
{
    static readonly RangeRecipeCodec s_codec = new();

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(255)]
    [DataRow(256)]
    [DataRow(257)]
    [DataRow(4096)]
    [DataRow(65536)]
    public void Gives_back_blocks_of_every_size_and_kind(int count)
    {
        byte[] constant = new byte[count];
        Array.Fill(constant, (byte)0xFF);
        byte[][] blocks = [constant, Samples.Noise(count, count), Samples.Firmware(count, count), Counter(count)];
        foreach (byte[] block in blocks)
        {
            AssertRoundTrip(block, null, 0);
            AssertRoundTrip(block, block, 0);
            AssertRoundTrip(block, Samples.Noise(1, 100), 0);
            AssertRoundTrip(block, [], 0);
        }
    }

    [TestMethod]
    public void Gives_back_next_versions_over_longer_and_shorter_bases()
    {
        var random = new Random(3);
        for (int round = 0; round < 80; round++)
        {
            byte[] old = Samples.Firmware(round, random.Next(1, 4000));
            byte[] target = Samples.NextVersion(old, round, random.Next(0, 12));
            byte[] baseImage = round % 3 == 0
                ? [.. Samples.Firmware(round + 1000, 3000), .. old]
                : old[..(old.Length / (1 + (round % 2)))];
            AssertRoundTrip(target, baseImage, (uint)random.Next(baseImage.Length + 10));
        }
    }

    [TestMethod]
    public void Gives_back_small_blocks_of_few_values()
    {
        var random = new Random(4);
        for (int round = 0; round < 2000; round++)
        {
            byte[] target = new byte[random.Next(0, 24)];
            byte[] baseImage = new byte[random.Next(0, 24)];
            FillFew(random, target);
            FillFew(random, baseImage);
            AssertRoundTrip(target, round % 2 == 0 ? baseImage : null, (uint)random.Next(30));
        }
    }

    [TestMethod]
    public void Copies_more_than_one_operation_can()
    {
        byte[] block = new byte[(3 << 20) + 5];
        AssertRoundTrip(block, null, 0);
        AssertRoundTrip(block, block, 0);
    }

    [TestMethod]
    public void Takes_input_in_pieces_of_every_kind()
    {
        byte[] old = Samples.Firmware(5, 3000);
        byte[] target = Samples.NextVersion(old, 6, 8);
        byte[] recipe = s_codec.Encode(target, new RecipeBase(old));
        Assert.IsGreaterThan(100, recipe.Length);
        var decoder = new RangeRecipeDecoder();
        for (int cut = 0; cut <= recipe.Length; cut++)
        {
            AssertDecodes(decoder, recipe, old, target, [cut]);
            AssertDecodes(decoder, recipe, old, target, [cut / 2, cut]);
        }

        for (int piece = 1; piece < 140; piece++)
        {
            int[] cuts = [.. Enumerable.Range(1, recipe.Length / piece).Select(index => index * piece)];
            AssertDecodes(decoder, recipe, old, target, cuts);
        }
    }

    [TestMethod]
    public void Serves_many_blocks_with_one_decoder()
    {
        var decoder = new RangeRecipeDecoder();
        for (int round = 0; round < 20; round++)
        {
            byte[] old = Samples.Firmware(round, 2000);
            byte[] target = Samples.NextVersion(old, round, 4);
            byte[] recipe = s_codec.Encode(target, new RecipeBase(old));

            // A block given up in the middle leaves nothing behind.
            decoder.Begin(new StrictRecipeIo(old, target.Length), (uint)target.Length, 0, 0, null);
            Assert.AreEqual(Status.Ok, decoder.Accept(recipe, 0, recipe.Length / 2));
            AssertDecodes(decoder, recipe, old, target, []);
        }
    }

    [TestMethod]
    public void Encodes_the_same_input_to_the_same_recipe()
    {
        byte[] old = Samples.Firmware(8, 9000);
        byte[] target = Samples.NextVersion(old, 9, 10);
        CollectionAssert.AreEqual(
            s_codec.Encode(target, new RecipeBase(old), 100),
            new RangeRecipeCodec().Encode(target, new RecipeBase(old), 100));
    }

    [TestMethod]
    public void Names_an_unchanged_block_in_a_few_bytes()
    {
        byte[] image = Samples.Firmware(10, 65536);
        byte[] recipe = s_codec.Encode(image.AsSpan(8192, 4096), new RecipeBase(image), 8192);
        Assert.IsLessThanOrEqualTo(5, recipe.Length);
    }

    [TestMethod]
    public void Grows_noise_by_less_than_two_percent()
    {
        byte[] noise = Samples.Noise(11, 65536);
        Assert.IsLessThan(noise.Length + (noise.Length / 50), s_codec.Encode(noise, null).Length);
    }

    static void AssertRoundTrip(byte[] target, byte[]? baseImage, uint baseOffset)
    {
        byte[] recipe = s_codec.Encode(target, baseImage == null ? null : new RecipeBase(baseImage), baseOffset);
        byte[] reachable = baseImage ?? [];
        CollectionAssert.AreEqual(target, Decoding.Decode(recipe, reachable, target.Length, baseOffset));
        if (target.Length <= 10000)
        {
            byte[] reference = new RangeReferenceDecoder(recipe, reachable, target.Length, baseOffset).Decode();
            CollectionAssert.AreEqual(target, reference);
        }
    }

    static void AssertDecodes(RecipeDecoder decoder, byte[] recipe, byte[] baseImage, byte[] target, int[] cuts)
    {
        var io = new StrictRecipeIo(baseImage, target.Length);
        Assert.AreEqual(Status.Ok, Decoding.Run(decoder, io, recipe, target.Length, 0, cuts));
        CollectionAssert.AreEqual(target, io.Target);
    }

    static void FillFew(Random random, byte[] bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(random.Next(3) * 127);
        }
    }

    static byte[] Counter(int count) => [.. Enumerable.Range(0, count).Select(index => (byte)(index * 3))];
}
