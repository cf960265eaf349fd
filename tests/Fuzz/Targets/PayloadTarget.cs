using Twinbank.Errors;
using Twinbank.Formats;

namespace Twinbank.Fuzz.Targets;

/// <summary>Payload files of one format. What is accepted keeps the promises of a memory image.</summary>
internal abstract class PayloadTarget : FuzzTarget
{
    protected static MemoryImage Sample { get; } = MemoryImage.Create(
        [
            new MemorySegment(0x08000000, [.. Enumerable.Range(0, 300).Select(i => (byte)(i * 7))]),
            new MemorySegment(0x08010000, [1, 2, 3, 4, 5]),
        ],
        0x08000001, "sample");

    /// <summary>The format asked for; null lets the reader find it out.</summary>
    protected virtual PayloadFormat? Format => null;

    protected virtual uint? BaseAddress => null;

    public override void Run(byte[] input)
    {
        try
        {
            var options = new PayloadReadOptions { Format = Format, BaseAddress = BaseAddress };
            MemoryImage image = PayloadReader.Parse(input, "input", options);
            Assert.IsNotEmpty(image.Segments);
            Assert.IsLessThanOrEqualTo(0x100000000ul, image.EndAddress);
            ulong end = 0;
            foreach (MemorySegment segment in image.Segments)
            {
                Assert.IsGreaterThanOrEqualTo(end, segment.Address, "Segments ascend and do not overlap.");
                end = segment.EndAddress;
            }
        }
        catch (FirmwareException refusal)
        {
            Assert.AreNotEqual("", refusal.Remedy);
        }
    }

    protected static byte[] Written(PayloadFormat format)
    {
        using var stream = new MemoryStream();
        PayloadWriter.Write(stream, Sample, format, new PayloadWriteOptions());
        return stream.ToArray();
    }
}
