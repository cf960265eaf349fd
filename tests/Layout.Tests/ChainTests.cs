using Twinbank.Layout.Inputs;
using Twinbank.Layout.Planning;
using Twinbank.Layout.Reports;
using Twinbank.Testing;

namespace Twinbank.Layout.Tests;

/// <summary>The C sample through twelve releases, compiled and linked for real.</summary>
[TestClass]
public sealed class ChainTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    [DataRow("qemu-virt")]
    [DataRow("emcraft-sf2")]
    [Timeout(300_000)]
    public void Keeps_nearly_everything_in_its_place_through_twelve_releases(string boardId)
    {
        if (!SampleChain.IsCompilerThere)
        {
            Assert.Inconclusive("arm-none-eabi-gcc is not installed.");
        }

        string folder = Directory.CreateTempSubdirectory("fw-layout-").FullName;
        try
        {
            int releases = 0;
            foreach (SampleLink link in new SampleChain(boardId, folder).Build())
            {
                LayoutCheck.Verify(link.Finished, link.Record);
                int moved = link.Plan.Pieces.Count(placed => placed.HasMoved);
                TestContext.WriteLine($"{link.Version} {link.What}: {moved} moved");
                Assert.IsLessThan(8, moved, link.What);
                Assert.IsTrue(link.Plan.Pieces.All(
                    placed => placed.Reason is not PlaceReason.New || placed.PreviousAddress is null));
                releases++;
            }

            Assert.AreEqual(12, releases);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What moves does so once, because an ordinary link leaves no room where things grow.</summary>
    [TestMethod]
    [DataRow("qemu-virt")]
    [DataRow("emcraft-sf2")]
    [Timeout(300_000)]
    public void Takes_over_a_release_that_was_linked_without_a_layout(string boardId)
    {
        if (!SampleChain.IsCompilerThere)
        {
            Assert.Inconclusive("arm-none-eabi-gcc is not installed.");
        }

        string folder = Directory.CreateTempSubdirectory("fw-layout-").FullName;
        try
        {
            SampleLink[] links = [.. new SampleChain(boardId, folder) { AdoptsFirst = true }.Build(0, 1, 6, 9)];
            foreach (SampleLink link in links)
            {
                LayoutCheck.Verify(link.Finished, link.Record);
            }

            PlacedPiece[] code = [.. links[1].Plan.Pieces.Where(placed => placed.Piece.Kind <= PieceKind.Constant)];
            Assert.IsGreaterThan(150, code.Count(placed => placed.Reason == PlaceReason.Kept));
            Assert.IsLessThan(4, code.Count(placed => placed.HasMoved));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
