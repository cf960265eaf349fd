using Twinbank.Core;
using Twinbank.Core.Recipes;

namespace Twinbank.Deltas.Tests;

/// <summary>A recipe is input from outside: nothing in it may do more than make a wrong block.</summary>
[TestClass]
public sealed class RangeHostileInputTests
{
    static readonly byte[] s_base = Samples.Firmware(20, 1200);
    static readonly byte[] s_target = Samples.NextVersion(s_base, 21, 10);
    static readonly byte[] s_recipe = new RangeRecipeCodec().Encode(s_target, new RecipeBase(s_base));
    static readonly byte[] s_compressed = new RangeRecipeCodec().Encode(s_target, null);

    [TestMethod]
    [DataRow(true, DisplayName = "over a base")]
    [DataRow(false, DisplayName = "compressed")]
    public void Refuses_every_proper_prefix(bool hasBase)
    {
        byte[] recipe = hasBase ? s_recipe : s_compressed;
        byte[] baseImage = hasBase ? s_base : [];
        for (int count = 0; count < recipe.Length; count++)
        {
            Assert.AreNotEqual(Status.Ok, Decode(recipe[..count], baseImage, s_target.Length), $"{count} bytes");
        }
    }

    [TestMethod]
    [DataRow(true, DisplayName = "over a base")]
    [DataRow(false, DisplayName = "compressed")]
    public void Refuses_every_recipe_with_bytes_behind(bool hasBase)
    {
        byte[] recipe = hasBase ? s_recipe : s_compressed;
        byte[] baseImage = hasBase ? s_base : [];
        for (int value = 0; value < 256; value++)
        {
            Assert.AreEqual(Status.BadLength, Decode([.. recipe, (byte)value], baseImage, s_target.Length));
        }

        for (int count = 2; count < 200; count++)
        {
            Assert.AreEqual(Status.BadLength, Decode([.. recipe, .. new byte[count]], baseImage, s_target.Length));
        }
    }

    [TestMethod]
    public void Refuses_prefixes_and_extensions_of_many_short_recipes()
    {
        var codec = new RangeRecipeCodec();
        for (int seed = 0; seed < 1500; seed++)
        {
            byte[] target = Samples.Noise(seed, 1 + (seed % 9));
            byte[] recipe = codec.Encode(target, null);
            for (int count = 0; count < recipe.Length; count++)
            {
                Assert.AreNotEqual(
                    Status.Ok, Decode(recipe[..count], [], target.Length), $"seed {seed}, {count} bytes");
            }

            Assert.AreEqual(Status.BadLength, Decode([.. recipe, 0], [], target.Length), $"seed {seed}");
            Assert.AreEqual(Status.BadLength, Decode([.. recipe, 0xFF], [], target.Length), $"seed {seed}");
        }
    }

    [TestMethod]
    [DataRow(true, DisplayName = "over a base")]
    [DataRow(false, DisplayName = "compressed")]
    public void Survives_every_changed_byte(bool hasBase)
    {
        byte[] recipe = hasBase ? s_recipe : s_compressed;
        byte[] baseImage = hasBase ? s_base : [];
        for (int at = 0; at < recipe.Length; at++)
        {
            foreach (int change in (int[])[1, 0x80, 0xFF, 0x55])
            {
                byte[] changed = [.. recipe];
                changed[at] ^= (byte)change;
                var io = new StrictRecipeIo(baseImage, s_target.Length);
                Status status = Run(io, changed, s_target.Length);
                bool same = status == Status.Ok && io.Target.AsSpan().SequenceEqual(s_target);
                Assert.IsFalse(same, $"byte {at} changed by 0x{change:X2} makes no difference");
            }
        }
    }

    [TestMethod]
    public void Survives_noise_and_ends_in_bounded_time()
    {
        var random = new Random(22);
        for (int round = 0; round < 6000; round++)
        {
            byte[] noise = Samples.Noise(round, random.Next(0, 120));
            if (round % 2 == 0)
            {
                // Noise behind a good beginning gets deeper.
                Array.Copy(s_recipe, noise, random.Next(0, noise.Length + 1));
            }

            int targetBytes = random.Next(0, 5000);
            var io = new StrictRecipeIo(s_base, targetBytes);
            Run(io, noise, targetBytes);
            Assert.IsLessThanOrEqualTo(3 * (long)Math.Max(4, targetBytes), io.Calls);
        }
    }

    [TestMethod]
    [DataRow((byte)0x00)]
    [DataRow((byte)0xFF)]
    [DataRow((byte)0x55)]
    public void Survives_endless_equal_bytes(byte value)
    {
        byte[] input = new byte[100_000];
        Array.Fill(input, value);
        Assert.AreNotEqual(Status.Ok, Decode(input, s_base, 10_000));
        Assert.AreNotEqual(Status.Ok, Decode(input, [], 10_000));
    }

    [TestMethod]
    public void Refuses_the_recipe_of_a_longer_or_a_shorter_block()
    {
        Assert.AreNotEqual(Status.Ok, Decode(s_recipe, s_base, s_target.Length + 1));
        Assert.AreNotEqual(Status.Ok, Decode(s_recipe, s_base, s_target.Length - 500));
        Assert.AreEqual(Status.BadLength, Decode(s_recipe, s_base, 0));
    }

    [TestMethod]
    public void Reads_nothing_outside_a_base_that_is_too_short()
    {
        for (int bytes = 0; bytes < s_base.Length; bytes += 37)
        {
            Assert.AreNotEqual(Status.Ok, Decode(s_recipe, s_base[..bytes], s_target.Length));
        }

        Assert.AreEqual(Status.OutOfRange, Decode(s_recipe, [], s_target.Length));
    }

    [TestMethod]
    public void Hands_on_what_the_storage_says()
    {
        var decoder = new RangeRecipeDecoder();
        Assert.AreEqual(
            Status.ProgramFailed, Decoding.Run(decoder, new FailingIo(), s_compressed, s_target.Length, 0));
        Assert.AreEqual(Status.ReadFailed, Decoding.Run(decoder, new FailingIo(), s_recipe, s_target.Length, 0));
    }

    [TestMethod]
    public void Wants_a_beginning_before_input_and_again_after_the_end()
    {
        var decoder = new RangeRecipeDecoder();
        Assert.AreEqual(Status.WrongState, decoder.Accept([1], 0, 1));
        Assert.AreEqual(Status.WrongState, decoder.Finish());
        var io = new StrictRecipeIo(s_base, s_target.Length);
        Assert.AreEqual(Status.Ok, Decoding.Run(decoder, io, s_recipe, s_target.Length, 0));
        Assert.AreEqual(Status.WrongState, decoder.Accept([1], 0, 1));
        Assert.AreEqual(Status.WrongState, decoder.Finish());
    }

    [TestMethod]
    public void Refuses_a_block_of_more_than_two_gibibytes()
    {
        var decoder = new RangeRecipeDecoder();
        decoder.Begin(new FailingIo(), 0x80000000, 0, 0, null);
        Assert.AreEqual(Status.TooLarge, decoder.Accept([1], 0, 1));
    }

    static Status Decode(byte[] recipe, byte[] baseImage, int targetBytes)
        => Run(new StrictRecipeIo(baseImage, targetBytes), recipe, targetBytes);

    static Status Run(StrictRecipeIo io, byte[] recipe, int targetBytes)
    {
        Status status = Decoding.Run(new RangeRecipeDecoder(), io, recipe, targetBytes, 0, recipe.Length / 3);
        Assert.IsTrue(status != Status.Ok || io.EmittedBytes == targetBytes, "a whole block or an error");
        return status;
    }

    sealed class FailingIo : RecipeIo
    {
        public override Status ReadBase(uint payloadOffset, byte[] buffer, int offset, int count) => Status.ReadFailed;

        public override Status ReadTarget(uint blockOffset, byte[] buffer, int offset, int count) => Status.ReadFailed;

        public override Status Emit(byte[] data, int offset, int count) => Status.ProgramFailed;
    }
}
