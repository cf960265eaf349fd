using Twinbank.Core;
using Twinbank.Core.Checks;
using Twinbank.Core.Format;

namespace Twinbank.Fuzz.Targets;

internal sealed class ContainerHeaderTarget : FuzzTarget
{
    /// <summary>A reader accepts newer minor versions; a writer writes its own.</summary>
    const int FormatMinorOffset = 5;

    public override IReadOnlyList<byte[]> Seeds()
        => [Head(SampleImages.SmallContainer), Head(SampleImages.LargeContainer)];

    static byte[] Head(byte[] container) => container[..ContainerHeader.SizeBytes];

    public override void Repair(byte[] input, Random random) => RepairHeader(input);

    public static void RepairHeader(byte[] container)
    {
        if (container.Length >= ContainerHeader.SizeBytes)
        {
            const int CrcOffset = ContainerHeader.SizeBytes - 4;
            LittleEndian.WriteU32(container, CrcOffset, Crc32C.Compute(container, 0, CrcOffset));
        }
    }

    public override void Run(byte[] input)
    {
        var header = new ContainerHeader();
        if (header.Read(input, 0, input.Length) == Status.Ok)
        {
            long partsBytes = (long)ContainerHeader.SizeBytes + header.CarriedTablesBytes + header.PayloadBytes;
            Assert.AreEqual(partsBytes, header.ContainerBytes, "The sum of the parts must not wrap.");
            byte[] again = new byte[ContainerHeader.SizeBytes];
            header.Write(again, 0);
            again[FormatMinorOffset] = input[FormatMinorOffset];
            RepairHeader(again);
            CollectionAssert.AreEqual(input[..ContainerHeader.SizeBytes], again, "What is accepted has one form only.");
        }
    }
}
