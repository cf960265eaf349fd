using System.Globalization;
using System.Security;
using System.Text;
using Twinbank.Core.Format;

namespace Twinbank.Images.Map;

/// <summary>The picture as SVG: blocks as rows of bars to scale, coloured by how their content arrives.</summary>
public static class SlotMapSvg
{
    const int Width = 920, Left = 150, BarWidth = 520, RowHeight = 26, BarHeight = 16, Top = 84, LegendHeight = 54;

    public static string Draw(SlotMap map)
    {
        int height = Top + (map.Blocks.Count * RowHeight) + LegendHeight;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{height}" viewBox="0 0 {Width} {height}" font-family="system-ui, 'DejaVu Sans', sans-serif" font-size="12">
            <rect width="{Width}" height="{height}" fill="#ffffff"/>
            <text x="24" y="34" font-size="18" font-weight="600" fill="#1b2733">{SecurityElement.Escape(map.Title)}</text>
            <text x="24" y="56" fill="#5b6b7a">{map.Blocks.Count} blocks of {map.BlockBytes / 1024} KiB · payload {map.PayloadBytes / 1024.0:0.0} KiB · file {map.FileBytes / 1024.0:0.0} KiB</text>

            """);
        int y = Top;
        foreach (MappedBlock block in map.Blocks)
        {
            DrawBlock(svg, map, block, y);
            y += RowHeight;
        }

        DrawLegend(svg, map, y + 22);
        return svg.Append("</svg>\n").ToString();
    }

    static void DrawBlock(StringBuilder svg, SlotMap map, MappedBlock block, int y)
    {
        double data = (double)block.DataBytes * BarWidth / map.BlockBytes;
        double carried = Math.Min(data, (double)block.CarriedBytes * BarWidth / map.BlockBytes);
        int middle = y + 12;
        if (block.HoleBytesBefore > 0)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" x2=\"{Left + BarWidth}\" y1=\"{y - 4}\" y2=\"{y - 4}\" stroke=\"#c2452d\" stroke-dasharray=\"4 3\"><title>hole of {block.HoleBytesBefore} bytes</title></line>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"""
            <g><title>block {block.Index} at 0x{block.VirtualAddress:X8}: {block.DataBytes} bytes of data, {block.BufferBytes} free, {block.Carried} with {block.CarriedBytes} bytes</title>
            <text x="24" y="{middle}" fill="#5b6b7a">{block.Index}</text>
            <text x="56" y="{middle}" font-family="ui-monospace, 'DejaVu Sans Mono', monospace" fill="#1b2733">{block.VirtualAddress:X8}</text>
            <rect x="{Left}" y="{y}" width="{BarWidth}" height="{BarHeight}" rx="2" fill="#f1f4f7" stroke="#d5dde4"/>
            <rect x="{Left}" y="{y}" width="{data:0.0}" height="{BarHeight}" rx="2" fill="{Fill(block)}"/>

            """);
        if (map.IsDelta && block.CarriedBytes > 0)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{Left}\" y=\"{y + BarHeight - 4}\" width=\"{Math.Max(2, carried):0.0}\" height=\"4\" fill=\"#c2452d\"/>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left + BarWidth + 14}\" y=\"{middle}\" fill=\"#1b2733\">{Label(block)}</text></g>\n");
    }

    static string Fill(MappedBlock block)
        => block.Carried switch
        {
            CarrierMethod.Unchanged => "#b9d3c2",
            CarrierMethod.Duplicate => "#cfc5e3",
            CarrierMethod.Recipe => "#e9b872",
            _ => "#4f86b5",
        };

    static string Label(MappedBlock block)
        => block.Carried switch
        {
            CarrierMethod.Unchanged => "unchanged",
            CarrierMethod.Duplicate => "duplicate",
            CarrierMethod.Stored => string.Create(CultureInfo.InvariantCulture, $"{block.CarriedBytes} bytes, stored"),
            CarrierMethod.Compressed => string.Create(
                CultureInfo.InvariantCulture, $"{block.CarriedBytes} bytes, {100.0 * block.CarriedBytes / block.DataBytes:0}% of data"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{block.CarriedBytes} bytes, recipe"),
        };

    static void DrawLegend(StringBuilder svg, SlotMap map, int y)
    {
        (string Fill, string Text)[] entries = map.IsDelta
            ? [("#b9d3c2", "unchanged"), ("#e9b872", "recipe over the base"), ("#4f86b5", "in full"), ("#c2452d", "bytes on the wire"), ("#f1f4f7", "buffer, erased")]
            : [("#4f86b5", "data"), ("#cfc5e3", "duplicate"), ("#f1f4f7", "buffer, left erased")];
        int x = 24;
        foreach ((string fill, string text) in entries)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x}\" y=\"{y - 10}\" width=\"14\" height=\"12\" rx=\"2\" fill=\"{fill}\" stroke=\"#d5dde4\"/><text x=\"{x + 20}\" y=\"{y}\" fill=\"#5b6b7a\">{text}</text>\n");
            x += 44 + (text.Length * 7);
        }
    }
}
