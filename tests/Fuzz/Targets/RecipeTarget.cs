using Twinbank.Core;
using Twinbank.Core.Recipes;
using Twinbank.Core.Tests.Rig;
using Twinbank.Deltas;

namespace Twinbank.Fuzz.Targets;

/// <summary>
/// An address map and a recipe, one behind the other, through the device's decoder: nothing outside base and block may
/// be touched, and no more may be made than was announced.
/// </summary>
internal sealed class RecipeTarget : FuzzTarget
{
    const int BlockBytes = 1024;
    const int LengthBytes = 2;
    const uint Address = 0x08000000;

    static readonly byte[] s_base = TestDevice.Payload(6_000, seed: 3);
    static readonly byte[] s_target = [.. s_base[40..500], .. TestDevice.Payload(64, seed: 4), .. s_base[540..1040]];

    readonly RangeRecipeDecoder _decoder = new();
    readonly AddressMap _map = new();

    public override IReadOnlyList<byte[]> Seeds()
    {
        var codec = new RangeRecipeCodec();
        RecipeBase over = RecipeBase.Prepare(
            new CodeImage(s_base, Address, []), new CodeImage(s_target, Address + 0x400, []));
        return
        [
            [0, 0, .. codec.Encode(s_target, new RecipeBase(s_base))],
            [.. BitConverter.GetBytes((ushort)over.MapBytes.Length), .. over.MapBytes, .. codec.Encode(s_target, over)],
        ];
    }

    public override void Run(byte[] input)
    {
        if (input.Length < LengthBytes)
        {
            return;
        }

        int mapBytes = Math.Min(BitConverter.ToUInt16(input), input.Length - LengthBytes);
        AddressMap? map = mapBytes > 0 && _map.Parse(input, LengthBytes, mapBytes) == Status.Ok ? _map : null;
        var io = new BoundedIo();
        _decoder.Begin(io, BlockBytes, 0, 0, map);
        int start = LengthBytes + mapBytes;
        if (_decoder.Accept(input, start, input.Length - start) == Status.Ok && _decoder.Finish() == Status.Ok)
        {
            Assert.AreEqual(BlockBytes, io.Emitted, "A whole block must have the announced length.");
        }
    }

    sealed class BoundedIo : RecipeIo
    {
        readonly byte[] _block = new byte[BlockBytes];

        public int Emitted { get; private set; }

        public override Status ReadBase(uint payloadOffset, byte[] buffer, int offset, int count)
        {
            if (payloadOffset > (uint)s_base.Length || count > s_base.Length - (int)payloadOffset)
            {
                return Status.OutOfRange;
            }

            Array.Copy(s_base, (int)payloadOffset, buffer, offset, count);
            return Status.Ok;
        }

        public override Status ReadTarget(uint blockOffset, byte[] buffer, int offset, int count)
        {
            Assert.IsTrue(blockOffset <= (uint)Emitted && count <= Emitted - (int)blockOffset, "Not emitted yet.");
            Array.Copy(_block, (int)blockOffset, buffer, offset, count);
            return Status.Ok;
        }

        public override Status Emit(byte[] data, int offset, int count)
        {
            Assert.IsLessThanOrEqualTo(BlockBytes - Emitted, count, "More than was announced.");
            Array.Copy(data, offset, _block, Emitted, count);
            Emitted += count;
            return Status.Ok;
        }
    }
}
