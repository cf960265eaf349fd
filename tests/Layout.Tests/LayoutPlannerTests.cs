using Twinbank.Errors;
using Twinbank.Layout.Inputs;
using Twinbank.Layout.Planning;
using Twinbank.Layout.Records;
using Twinbank.Layout.Reports;

namespace Twinbank.Layout.Tests;

/// <summary>Rules that hold for every layout, tried on random programs that live through random edits.</summary>
[TestClass]
public sealed class LayoutPlannerTests
{
    const uint Base = 0x80000000, RamBase = 0x20000000;

    static readonly LayoutGeometry s_geometry = new("test", Base, 0x100000, 0x1000, 0x200);

    static readonly int s_programs = Environment.GetEnvironmentVariable("TWINBANK_FULL") == "1" ? 1000 : 60;

    [TestMethod]
    [DataRow(0x20000000u)]
    [DataRow(0x80008000u)]
    public void Nothing_overlaps_and_what_fits_stays(uint ramBase)
    {
        for (int seed = 0; seed < s_programs; seed++)
        {
            var random = new Random(seed);
            List<Piece> pieces = [.. Enumerable.Range(0, random.Next(5, 60)).Select(i => RandomPiece(random, $"p{i}"))];
            LayoutRecord? previous = null;
            for (int release = 0; release < 8; release++)
            {
                LayoutPlan plan = LayoutPlanner.Plan(Link(pieces, ramBase), s_geometry, previous);
                AssertSound(plan, pieces, previous, $"seed {seed}, release {release}");
                LayoutPlan again = LayoutPlanner.Plan(Link(pieces, ramBase), s_geometry, previous);
                CollectionAssert.AreEqual(
                    LayoutRecordFile.Write(plan.ToRecord()), LayoutRecordFile.Write(again.ToRecord()));
                previous = LayoutRecordFile.Parse(LayoutRecordFile.Write(plan.ToRecord()), "layout.json");
                Edit(random, pieces, release);
            }
        }
    }

    static void AssertSound(LayoutPlan plan, List<Piece> pieces, LayoutRecord? previous, string id)
    {
        Assert.HasCount(pieces.Count, plan.Pieces, id);
        uint end = 0;
        IEnumerable<AddressSpan> spans = plan.Pieces.Select(placed => placed.Span)
            .Concat(plan.Entries.Select(entry => entry.Span));
        foreach (AddressSpan span in spans.OrderBy(span => span.Start))
        {
            Assert.IsGreaterThanOrEqualTo(end, span.Start, $"{id}: overlap at 0x{span.Start:X8}");
            end = span.End;
        }

        Dictionary<string, RecordedPiece> old = (previous?.Pieces ?? []).ToDictionary(piece => piece.Key);
        foreach (PlacedPiece placed in plan.Pieces)
        {
            Assert.AreEqual(0u, placed.Address % placed.Piece.AlignmentBytes, id);
            RecordedArea area = placed.Piece.Kind switch
            {
                PieceKind.Data => plan.Data!, PieceKind.Zero => plan.Zero!, _ => plan.Code,
            };
            Assert.IsTrue(placed.Address >= area.Start && placed.EndAddress <= area.EndAddress, id);
            if (old.TryGetValue(placed.Piece.Key, out RecordedPiece? before) && placed.Piece.Kind <= PieceKind.Constant
                && placed.Piece.SizeBytes <= before.SizeBytes && before.Address % placed.Piece.AlignmentBytes == 0)
            {
                Assert.AreEqual(before.Address, placed.Address, $"{id}: {placed.Piece.Key} did not grow");
            }
        }
    }

    [TestMethod]
    public void Moves_what_outgrew_its_place_into_the_spare_area_of_its_block()
    {
        List<Piece> pieces = [.. Enumerable.Range(0, 40).Select(i => Code($"p{i}", 0x100, 4))];
        LayoutPlan first = LayoutPlanner.Plan(Link(pieces, RamBase), s_geometry, null);
        pieces[2] = Code("p2", 0x110, 4);
        LayoutPlan second = LayoutPlanner.Plan(Link(pieces, RamBase), s_geometry, first.ToRecord());
        PlacedPiece moved = second.Pieces.Single(placed => placed.HasMoved);
        Assert.AreEqual("p2", moved.Piece.Key);
        Assert.AreEqual(PlaceReason.MovedInBlock, moved.Reason);
        Assert.AreEqual(s_geometry.BlockOf(moved.PreviousAddress!.Value), s_geometry.BlockOf(moved.Address));
        LayoutReport report = LayoutReport.Of(second.ToRecord(), first.ToRecord());
        Assert.AreEqual(1, report.MovedCount);
        Assert.AreEqual(39, report.KeptCount);
        Assert.IsGreaterThan(0u, report.Blocks[0].SpareUsedBytes);
    }

    [TestMethod]
    [DataRow(2, 0)]
    [DataRow(50, 1)]
    public void Leaves_an_entry_only_where_it_is_cheaper_than_changing_the_callers(int references, int entries)
    {
        List<Piece> pieces = [Code("a", 64, 4), Code("f", 64, 4), Code("b", 64, 4)];
        LayoutPlan first = LayoutPlanner.Plan(Link(pieces, RamBase), s_geometry, null);
        pieces[1] = Code("f", 200, 4) with { EntrySymbol = "f", ReferenceCount = references };
        LayoutPlan second = LayoutPlanner.Plan(Link(pieces, RamBase), s_geometry, first.ToRecord());
        Assert.HasCount(entries, second.Entries);
        if (entries == 1)
        {
            uint oldAddress = first.Pieces.Single(placed => placed.Piece.Key == "f").Address;
            Assert.AreEqual(oldAddress, second.Entries[0].Address);
            pieces[1] = pieces[1] with { SizeBytes = 400 };
            LayoutPlan third = LayoutPlanner.Plan(Link(pieces, RamBase), s_geometry, second.ToRecord());
            Assert.AreEqual(oldAddress, third.Entries.Single().Address, "The entry stays when its function moves again.");
        }
    }

    [TestMethod]
    public void Refuses_a_record_of_another_board_and_code_of_another_address()
    {
        LinkInputs link = Link([Code("a", 64, 4)], RamBase);
        LayoutRecord record = LayoutPlanner.Plan(link, s_geometry, null).ToRecord();
        foreach (LayoutRecord other in new[]
        {
            record with { Board = "other" }, record with { Machine = 243 }, record with { VirtualBase = 0 },
            record with { WindowBytes = 0x2000 },
        })
        {
            AssertRefused(ErrorCode.LayoutRecordMismatch, () => LayoutPlanner.Plan(link, s_geometry, other));
        }

        AssertRefused(
            ErrorCode.LayoutRecordMismatch,
            () => LayoutPlanner.Plan(link, s_geometry with { VirtualBase = 0x08000000 }, null));
        AssertRefused(
            ErrorCode.LayoutFull, () => LayoutPlanner.Plan(Link([Code("a", 0x200000, 4)], RamBase), s_geometry, null));
    }

    static void AssertRefused(ErrorCode code, Action action)
        => Assert.AreEqual(code, Assert.ThrowsExactly<FirmwareException>(action).Code);

    static Piece Code(string key, uint size, uint alignment) => new()
    {
        Key = key, Kind = PieceKind.Code, SizeBytes = size, AlignmentBytes = alignment, Content = key,
        LinkedAddress = Base,
    };

    static Piece RandomPiece(Random random, string key) => Code(
        key, (uint)random.Next(2, random.Next(8) == 0 ? 0x900 : 0x120), 1u << random.Next(4)) with
    {
        Kind = (PieceKind)random.Next(1, 5), EntrySymbol = random.Next(3) == 0 ? key : "",
        ReferenceCount = random.Next(12),
    };

    static void Edit(Random random, List<Piece> pieces, int release)
    {
        for (int edit = random.Next(1, 8); edit > 0; edit--)
        {
            int at = random.Next(pieces.Count);
            switch (random.Next(4))
            {
                case 0:
                    pieces.Add(RandomPiece(random, $"r{release}e{edit}"));
                    break;
                case 1 when pieces.Count > 4:
                    pieces.RemoveAt(at);
                    break;
                default:
                    uint size = (uint)Math.Max(1, pieces[at].SizeBytes + random.Next(-40, 90));
                    pieces[at] = pieces[at] with { SizeBytes = size, Content = $"r{release}e{edit}" };
                    break;
            }
        }
    }

    /// <summary>As the first link would have it: code, then data with a load address, then zeros.</summary>
    static LinkInputs Link(IReadOnlyList<Piece> pieces, uint ramBase)
    {
        uint Size(PieceKind kind) => (uint)pieces.Where(piece => piece.Kind == kind).Sum(piece => piece.SizeBytes + 7);
        uint codeBytes = Size(PieceKind.Code) + Size(PieceKind.Constant);
        bool isInImage = ramBase >= Base;
        uint dataStart = isInImage ? Base + ((codeBytes + 63) & ~63u) : ramBase;
        uint dataBytes = Size(PieceKind.Data);
        var code = new LinkOutput(".text", Base, codeBytes, Base, false, true, true);
        var data = new LinkOutput(
            ".data", dataStart, dataBytes, isInImage ? dataStart : Base + codeBytes, true, false, true);
        var zero = new LinkOutput(
            ".bss", dataStart + dataBytes, Size(PieceKind.Zero), dataStart + dataBytes, true, false, false);
        return new LinkInputs
        {
            Pieces = pieces, Outputs = [code, data, zero], Code = code, Data = data, Zero = zero,
            Machine = ElfObject.MachineArm, HasLongBranch = true,
        };
    }
}
