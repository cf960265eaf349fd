namespace Twinbank.Fuzz.Targets;

/// <summary>All formats mixed, with the format left to the reader.</summary>
internal sealed class AnyPayloadTarget : PayloadTarget
{
    protected override uint? BaseAddress => 0x10000;

    public override IReadOnlyList<byte[]> Seeds() =>
    [
        .. new IntelHexTarget().Seeds(), .. new SRecordTarget().Seeds(), .. new ElfTarget().Seeds(),
        .. new DfuTarget().Seeds(), .. new Uf2Target().Seeds(),
    ];
}
