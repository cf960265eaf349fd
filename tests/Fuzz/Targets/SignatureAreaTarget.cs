using Twinbank.Core;
using Twinbank.Core.Format;

namespace Twinbank.Fuzz.Targets;

internal sealed class SignatureAreaTarget : FuzzTarget
{
    public override IReadOnlyList<byte[]> Seeds()
        => [SampleImages.Small.SignatureArea, SampleImages.Large.SignatureArea];

    public override void Run(byte[] input)
    {
        var area = new SignatureArea();
        if (area.Parse(input, 0, input.Length) != Status.Ok)
        {
            return;
        }

        int entry = area.FirstEntry;
        for (int i = 0; i < area.EntryCount; i++, entry = area.NextEntry(entry))
        {
            Assert.IsLessThanOrEqualTo(input.Length, area.SignatureSourceOffset(entry) + area.SignatureBytes(entry));
        }

        Assert.AreEqual(input.Length, entry, "Entries must fill the area.");
    }
}
