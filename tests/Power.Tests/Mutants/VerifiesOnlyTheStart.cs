using System.Security.Cryptography;
using Twinbank.Core.Checks;
using Twinbank.Power.Tests.Stories;
using Twinbank.Power.Tests.Worlds;

namespace Twinbank.Power.Tests.Mutants;

/// <summary>Takes a block for whole when its first bytes are right.</summary>
internal sealed class VerifiesOnlyTheStart(SweepWorld world) : StoryVariant
{
    const int StartBytes = 32;

    readonly Dictionary<string, byte[]> _blocks = KnownBlocks(world);

    public override string Name => "verifies-only-the-start";

    public override DigestAlgorithm NewDigest() => new Digest(_blocks);

    static Dictionary<string, byte[]> KnownBlocks(SweepWorld world)
    {
        var blocks = new Dictionary<string, byte[]>();
        foreach (SweepImage image in new[] { world.Old, world.First, world.Second, world.Third, world.Golden })
        {
            foreach (byte[] block in image.Target.Blocks)
            {
                blocks[KeyOf(block, block.Length)] = SHA256.HashData(block);
            }
        }

        return blocks;
    }

    static string KeyOf(ReadOnlySpan<byte> start, int count)
        => Convert.ToHexString(start[..StartBytes]) + count;

    sealed class Digest(Dictionary<string, byte[]> blocks) : DigestAlgorithm
    {
        readonly HostDigest _real = new();
        readonly byte[] _start = new byte[StartBytes];
        int _count;

        public override int DigestBytes => _real.DigestBytes;

        public override void Reset()
        {
            _count = 0;
            _real.Reset();
        }

        public override void Update(byte[] data, int offset, int count)
        {
            int wanted = Math.Clamp(StartBytes - _count, 0, count);
            data.AsSpan(offset, wanted).CopyTo(_start.AsSpan(Math.Min(_count, StartBytes - wanted)));
            _count += count;
            _real.Update(data, offset, count);
        }

        public override void Finish(byte[] digest, int offset)
        {
            _real.Finish(digest, offset);
            if (blocks.TryGetValue(KeyOf(_start, _count), out byte[]? wanted))
            {
                wanted.CopyTo(digest, offset);
            }
        }
    }
}
