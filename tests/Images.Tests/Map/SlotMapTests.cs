using System.Globalization;
using System.Xml.Linq;
using Twinbank.Core.Format;
using Twinbank.Images.Map;

namespace Twinbank.Images.Tests.Map;

[TestClass]
public sealed class SlotMapTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(25)]
    [DataRow(500)]
    public void Draws_a_row_for_each_block_inside_the_picture(int blockCount)
    {
        XElement svg = XDocument.Parse(SlotMapSvg.Draw(MapOf(blockCount, isDelta: true))).Root!;
        double width = Number(svg, "width");
        double height = Number(svg, "height");

        Assert.AreEqual(blockCount, svg.Elements(s_svg + "g").Count());
        foreach (XElement box in svg.Descendants(s_svg + "rect").Where(box => box.Attribute("x") is not null))
        {
            Assert.IsLessThanOrEqualTo(width, Number(box, "x") + Number(box, "width"));
            Assert.IsLessThanOrEqualTo(height, Number(box, "y") + Number(box, "height"));
        }
    }

    [TestMethod]
    public void Draws_data_to_scale()
    {
        SlotMap map = MapOf(1, isDelta: false);
        XElement row = XDocument.Parse(SlotMapSvg.Draw(map)).Root!.Element(s_svg + "g")!;
        XElement[] boxes = [.. row.Elements(s_svg + "rect")];
        double share = Number(boxes[1], "width") / Number(boxes[0], "width");
        Assert.AreEqual((double)map.Blocks[0].DataBytes / map.BlockBytes, share, 0.001);
    }

    [TestMethod]
    public void Marks_even_one_byte_on_the_wire()
    {
        MappedBlock block = Block(0) with { Carried = CarrierMethod.Recipe, CarriedBytes = 1 };
        SlotMap map = MapOf(1, isDelta: true) with { Blocks = [block] };
        Assert.HasCount(3, XDocument.Parse(SlotMapSvg.Draw(map)).Root!.Element(s_svg + "g")!.Elements(s_svg + "rect"));
        Assert.Contains("1 B recipe", SlotMapSvg.Draw(map));
    }

    [TestMethod]
    public void A_title_with_markup_stays_text()
        => Assert.Contains("a&lt;b&gt;&amp;", SlotMapSvg.Draw(MapOf(1, false) with { Title = "a<b>&" }));

    [TestMethod]
    public void The_terminal_gets_one_line_per_block_with_its_address()
    {
        string[] lines = [.. SlotMapText.Draw(MapOf(25, isDelta: true))];
        for (int block = 0; block < 25; block++)
        {
            string address = (0x80000000u + ((uint)block * 6144)).ToString("X8", CultureInfo.InvariantCulture);
            Assert.AreEqual(1, lines.Count(line => line.Contains(address, StringComparison.Ordinal)), address);
        }

        Assert.IsTrue(lines.All(line => line.Length <= 118), "fits a wide terminal");
    }

    private static SlotMap MapOf(int blockCount, bool isDelta) => new()
    {
        Title = "app 1.0.0 for sim-nor",
        BlockBytes = 8192,
        PayloadBytes = (uint)blockCount * 6144,
        FileBytes = 1000,
        IsDelta = isDelta,
        Blocks = [.. Enumerable.Range(0, blockCount).Select(Block)],
    };

    private static MappedBlock Block(int index)
        => new(
            index, 0x80000000u + ((uint)index * 6144), 6144, 2048,
            index % 2 == 0 ? CarrierMethod.Unchanged : CarrierMethod.Recipe, index % 2 == 0 ? 0u : 700u, 0);

    private static double Number(XElement element, string name)
        => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
