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
}
