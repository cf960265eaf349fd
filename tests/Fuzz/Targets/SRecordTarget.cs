using Twinbank.Formats;

namespace Twinbank.Fuzz.Targets;

internal sealed class SRecordTarget : PayloadTarget
{
    protected override PayloadFormat? Format => PayloadFormat.SRecord;

    public override IReadOnlyList<byte[]> Seeds() =>
    [
        Written(PayloadFormat.SRecord),
        "S00600004844521B\nS1060010010203E3\nS5030001FB\nS9030010EC\n"u8.ToArray(),
        "S2080100100102030412\nS804010010EA\n"u8.ToArray(),
    ];
}
