using System.Text;
using Twinbank.Errors;
using Twinbank.Layout.Inputs;
using Twinbank.Layout.Records;

namespace Twinbank.Layout.Tests;

[TestClass]
public sealed class LayoutRecordTests
{
    static LayoutRecord Sample() => new()
    {
        Format = 1, Board = "qemu-virt", Machine = 40, VirtualBase = 0x80000000, WindowBytes = 0x38000,
        SpareBytes = 0x8000, Code = new RecordedArea(0x80000000, 0x1000, 0x60),
        Pieces =
        [
            new RecordedPiece("a.o|.text.a", PieceKind.Code, 0x80000000, 32, 4, "00112233445566aa"),
            new RecordedPiece("a.o|.text.b", PieceKind.Code, 0x80000020, 8, 2, "00112233445566ab"),
        ],
        Entries = [new RecordedEntry("b", 0x80000040, "a.o|.text.b")],
    };

    [TestMethod]
    public void Reads_back_what_it_wrote_in_the_same_bytes()
    {
        byte[] json = LayoutRecordFile.Write(Sample());
        LayoutRecord record = LayoutRecordFile.Parse(json, "layout.json");
        CollectionAssert.AreEqual(json, LayoutRecordFile.Write(record));
        Assert.AreEqual("b", record.Entries[0].Symbol);
        Assert.AreEqual(0x20u, record.Pieces[1].Address - record.Pieces[0].Address);
        Assert.Contains("\n{\"key\":\"a.o|.text.b\"", Encoding.UTF8.GetString(json));
    }

    [TestMethod]
    public void Refuses_records_that_contradict_themselves()
    {
        LayoutRecord good = Sample();
        LayoutRecord[] bad =
        [
            good with { Format = 2 },
            good with { WindowBytes = 0 },
            good with { SpareBytes = good.WindowBytes },
            good with { Code = new RecordedArea(0xFFFFFF00, 0x1000, 0) },
            good with { Code = good.Code with { UsedBytes = 0x2000 } },
            good with { Pieces = [good.Pieces[0], good.Pieces[1] with { Address = 0x80000010 }] },
            good with { Pieces = [good.Pieces[0], good.Pieces[0] with { Address = 0x80000100 }] },
            good with { Pieces = [good.Pieces[0] with { AlignmentBytes = 3 }, good.Pieces[1]] },
            good with { Pieces = [good.Pieces[0] with { SizeBytes = 0 }, good.Pieces[1]] },
            good with { Pieces = [good.Pieces[0], good.Pieces[1] with { SizeBytes = uint.MaxValue }] },
            good with { Entries = [new RecordedEntry("c", 0x80000040, "c.o|.text.c")] },
            good with { VirtualBase = 0x80000010 },
            good with { Entries = [good.Entries[0] with { Address = 0xFFFFFFFE }] },
            good with { Entries = [good.Entries[0] with { Address = 0x7FFFFFFC }] },
            good with { Load = new RecordedArea(0xFFFFF000, 0x100, 0x100), WindowBytes = 16, SpareBytes = 0 },
            good with { Pieces = [good.Pieces[0], null!] },
            good with { Entries = [null!] },
        ];
        foreach (LayoutRecord record in bad)
        {
            AssertRefused(LayoutRecordFile.Write(record));
        }
    }

    [TestMethod]
    public void Survives_every_prefix_and_every_changed_byte()
    {
        byte[] json = LayoutRecordFile.Write(Sample());
        for (int i = 0; i < json.Length - 1; i++)
        {
            AssertRefused(json[..i]);
            foreach (byte value in "\0\"9}-x"u8)
            {
                byte[] changed = [.. json];
                changed[i] = value;
                try
                {
                    LayoutRecordFile.Parse(changed, "layout.json");
                }
                catch (FirmwareException error)
                {
                    Assert.AreEqual(ErrorCode.BadLayoutRecord, error.Code);
                }
            }
        }
    }

    static void AssertRefused(byte[] json)
    {
        FirmwareException error = Assert.ThrowsExactly<FirmwareException>(
            () => LayoutRecordFile.Parse(json, "layout.json"));
        Assert.AreEqual(ErrorCode.BadLayoutRecord, error.Code);
    }
}
