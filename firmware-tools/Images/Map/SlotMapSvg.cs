using System.Globalization;
using System.Security;
using System.Text;
using Twinbank.Core.Format;

namespace Twinbank.Images.Map;

/// <summary>
/// The picture as SVG: the whole image as one strip, then each block as a bar to scale. Colour says how its content
/// arrives, hatching is the buffer that stays erased, a red line under a bar is what a delta sends for it.
/// </summary>
public static class SlotMapSvg
{
    const int Width = 960, Margin = 32, Top = 176, LegendHeight = 56;
    const int BarLeft = 176, BarWidth = 440, TextLeft = BarLeft + BarWidth + 20;
    const int StripTop = 92, StripHeight = 30;

    /// <summary>Beyond this many blocks, rows are drawn closer together.</summary>
    const int RoomyBlocksMax = 48;

    const string Ink = "#1c2733", Faint = "#66768a", Wire = "#d1432b", Border = "#cdd7e1";

    const string Head = """
        <defs>
        <pattern id="buffer" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" fill="#f4f7fa"/><rect width="1.5" height="6" fill="#dbe4ec"/>
        </pattern>
        </defs>
        """;

    /// <summary>A complete SVG document, UTF-8, with LF line ends.</summary>
    public static string Draw(SlotMap map)
    {
        int rowHeight = map.Blocks.Count <= RoomyBlocksMax ? 28 : 18;
        int height = Top + (map.Blocks.Count * rowHeight) + LegendHeight;
        var svg = new StringBuilder();
        Line(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{height}" """
            + $"""viewBox="0 0 {Width} {height}" font-family="Inter, system-ui, 'DejaVu Sans', sans-serif" """
            + "font-size=\"12\">");
        svg.Append(Head).Append('\n');
        Line(svg, $"""<rect width="{Width}" height="{height}" fill="#ffffff"/>""");
        Text(svg, Margin, 40, map.Title, Ink, "font-size=\"20\" font-weight=\"600\"");
        Text(svg, Margin, 64, Summary(map), Faint);
        DrawStrip(svg, map);
        int y = Top;
        foreach (MappedBlock block in map.Blocks)
        {
            DrawRow(svg, map, block, y, rowHeight);
            y += rowHeight;
        }

        DrawLegend(svg, map, y + 30);
        return svg.Append("</svg>\n").ToString();
    }

    static string Summary(SlotMap map)
    {
        long free = map.Blocks.Sum(block => (long)block.BufferBytes);
        return $"{map.Blocks.Count} blocks of {Size(map.BlockBytes)}   ·   payload {Size(map.PayloadBytes)}   ·   "
            + $"buffers {Size(free)}   ·   file {Size(map.FileBytes)}";
    }

    /// <summary>All blocks side by side: where the data, the free room and the changes are, at a glance.</summary>
    static void DrawStrip(StringBuilder svg, SlotMap map)
    {
        if (map.Blocks.Count == 0)
        {
            return;
        }

        double step = (double)(Width - (2 * Margin)) / map.Blocks.Count;
        double gap = Math.Min(3, step / 6);
        foreach (MappedBlock block in map.Blocks)
        {
            double x = Margin + (block.Index * step);
            double width = step - gap;
            double data = width * block.DataBytes / map.BlockBytes;
            Box(svg, x, StripTop, width, StripHeight, "url(#buffer)", $"stroke=\"{Border}\" stroke-width=\"0.6\"");
            Box(svg, x, StripTop, data, StripHeight, Fill(block));
            if (map.IsDelta && block.CarriedBytes > 0)
            {
                Box(svg, x, StripTop + StripHeight + 3, WireWidth(block, map.BlockBytes, width), 4, Wire);
            }
        }

        MappedBlock last = map.Blocks[^1];
        string end = Address(last.VirtualAddress + last.DataBytes);
        Text(svg, Margin, StripTop + 54, Address(map.Blocks[0].VirtualAddress), Faint, Mono);
        Text(svg, Width - Margin, StripTop + 54, end, Faint, Mono + " text-anchor=\"end\"");
    }

    static void DrawRow(StringBuilder svg, SlotMap map, MappedBlock block, int y, int rowHeight)
    {
        int bar = rowHeight - 10;
        int baseline = y + bar - ((bar - 8) / 2);
        Line(svg, $"<g><title>{Hint(block)}</title>");
        if (block.HoleBytesBefore > 0)
        {
            Line(svg, $"""<line x1="{BarLeft}" x2="{BarLeft + BarWidth}" y1="{y - 4}" y2="{y - 4}" """
                + $"""stroke="{Faint}" stroke-dasharray="2 4"/>""");
            Text(svg, BarLeft + BarWidth, y - 6, $"hole of {Size(block.HoleBytesBefore)}", Faint,
                "font-size=\"9\" text-anchor=\"end\"");
        }

        Text(svg, Margin + 24, baseline, block.Index.ToString(CultureInfo.InvariantCulture), Faint,
            "text-anchor=\"end\"");
        Text(svg, Margin + 44, baseline, Address(block.VirtualAddress), Ink, Mono);
        Box(svg, BarLeft, y, BarWidth, bar, "url(#buffer)", $"rx=\"2\" stroke=\"{Border}\"");
        Box(svg, BarLeft, y, (double)BarWidth * block.DataBytes / map.BlockBytes, bar, Fill(block), "rx=\"2\"");
        if (map.IsDelta && block.CarriedBytes > 0)
        {
            Box(svg, BarLeft, y + bar + 2, WireWidth(block, map.BlockBytes, BarWidth), 3, Wire);
        }

        Text(svg, TextLeft, baseline, Size(block.DataBytes), Ink);
        Text(svg, TextLeft + 80, baseline, Label(block), block.CarriedBytes > 0 ? Ink : Faint);
        svg.Append("</g>\n");
    }

    static void DrawLegend(StringBuilder svg, SlotMap map, int y)
    {
        (string Fill, string Text)[] entries = map.IsDelta
            ?
            [
                (FillOf(CarrierMethod.Unchanged), "unchanged"), (FillOf(CarrierMethod.Recipe), "recipe over the base"),
                (FillOf(CarrierMethod.Stored), "sent in full"), (FillOf(CarrierMethod.Duplicate), "copy of a block"),
                ("url(#buffer)", "buffer, erased"), (Wire, "bytes on the wire"),
            ]
            :
            [
                (FillOf(CarrierMethod.Stored), "data"), (FillOf(CarrierMethod.Duplicate), "copy of a block"),
                ("url(#buffer)", "buffer, left erased for growth"),
            ];
        int x = Margin;
        foreach ((string fill, string text) in entries)
        {
            Box(svg, x, y - 10, 14, 12, fill, $"rx=\"2\" stroke=\"{Border}\" stroke-width=\"0.6\"");
            Text(svg, x + 20, y, text, Faint);
            x += 48 + (text.Length * 7);
        }
    }

    static string Fill(MappedBlock block) => FillOf(block.Carried);

    static string FillOf(CarrierMethod method) => method switch
    {
        CarrierMethod.Unchanged => "#a9cdb8",
        CarrierMethod.Duplicate => "#c3b5e2",
        CarrierMethod.Recipe => "#f0b45f",
        _ => "#3f7cb8",
    };

    static string Label(MappedBlock block) => block.Carried switch
    {
        CarrierMethod.Unchanged => "unchanged",
        CarrierMethod.Duplicate => "copy of another block",
        CarrierMethod.Stored => $"{Size(block.CarriedBytes)} as they are",
        CarrierMethod.Compressed =>
            $"{Size(block.CarriedBytes)} compressed, {Share(block)}",
        CarrierMethod.Recipe => $"{Size(block.CarriedBytes)} recipe, {Share(block)}",
        _ => Size(block.CarriedBytes),
    };

    static string Share(MappedBlock block)
        => block.DataBytes == 0
            ? "0 %"
            : string.Create(CultureInfo.InvariantCulture, $"{100.0 * block.CarriedBytes / block.DataBytes:0.##} %");

    static string Hint(MappedBlock block)
        => $"block {block.Index} at {Address(block.VirtualAddress)}: {block.DataBytes} bytes of data, "
            + $"{block.BufferBytes} free, {block.Carried.ToString().ToLowerInvariant()} with {block.CarriedBytes} bytes";

    /// <summary>To scale, but never so thin that a small change cannot be seen.</summary>
    static double WireWidth(MappedBlock block, uint blockBytes, double fullWidth)
        => Math.Clamp(fullWidth * block.CarriedBytes / blockBytes, Math.Min(3, fullWidth), fullWidth);

    const string Mono = "font-family=\"ui-monospace, 'DejaVu Sans Mono', monospace\"";

    static string Address(uint address) => "0x" + address.ToString("X8", CultureInfo.InvariantCulture);

    static string Size(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.##} MiB"),
    };

    static void Box(
        StringBuilder svg, double x, double y, double width, double height, string fill, string extra = "")
    {
        if (width > 0)
        {
            Line(svg, $"""<rect x="{x:0.##}" y="{y:0.##}" width="{width:0.##}" height="{height:0.##}" """
                + $"""fill="{fill}" {extra}/>""");
        }
    }

    static void Text(StringBuilder svg, int x, int y, string text, string fill, string extra = "")
        => Line(svg, $"""<text x="{x}" y="{y}" fill="{fill}" {extra}>{SecurityElement.Escape(text)}</text>""");

    static void Line(StringBuilder svg, FormattableString text)
        => svg.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');

    static void Line(StringBuilder svg, string text) => svg.Append(text).Append('\n');
}
