using Twinbank.Errors;
using Twinbank.Layout.Inputs;
using Twinbank.Layout.Records;

namespace Twinbank.Fuzz.Targets;

internal sealed class LayoutRecordTarget : FuzzTarget
{
    public override IReadOnlyList<byte[]> Seeds() => [LayoutRecordFile.Write(new LayoutRecord
    {
        Format = 1, Board = "qemu-virt", Machine = 40, VirtualBase = 0x80000000, WindowBytes = 0x38000,
        SpareBytes = 0x8000, Code = new RecordedArea(0x80000000, 0x1000, 0x60),
        Pieces = [new RecordedPiece("a.o|.text.a", PieceKind.Code, 0x80000000, 32, 4, "00112233445566aa")],
        Entries = [new RecordedEntry("a", 0x80000040, "a.o|.text.a")],
    })];

    public override void Run(byte[] input)
    {
        try
        {
            LayoutRecordFile.Parse(input, "fuzz.json");
        }
        catch (FirmwareException error) when (error.Code == ErrorCode.BadLayoutRecord)
        {
        }
    }
}
