using Twinbank.Core.Format;

namespace Twinbank.Images.Containers;

/// <summary>How a container carries one block, with the bytes.</summary>
/// <param name="Method">The way.</param>
/// <param name="CodecId">Codec of a compressed block or a recipe, else 0.</param>
/// <param name="Argument">Base block of an unchanged one, earlier block of a duplicate one, else 0.</param>
/// <param name="Data">The carried bytes; empty for unchanged and duplicate blocks.</param>
public sealed record CarriedBlock(CarrierMethod Method, byte CodecId, uint Argument, byte[] Data)
{
    public uint Crc => Data.Length == 0 ? 0 : HostCrc32C.Compute(Data);

    public static CarriedBlock Stored(byte[] data) => new(CarrierMethod.Stored, 0, 0, data);

    public static CarriedBlock Unchanged(int baseBlock) => new(CarrierMethod.Unchanged, 0, (uint)baseBlock, []);

    public static CarriedBlock Duplicate(int earlierBlock) => new(CarrierMethod.Duplicate, 0, (uint)earlierBlock, []);
}
