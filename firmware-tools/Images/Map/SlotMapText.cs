using System.Globalization;
using Twinbank.Core.Format;

namespace Twinbank.Images.Map;

/// <summary>The picture in a terminal: one line per block.</summary>
public static class SlotMapText
{
    const int BarWidth = 40;

    public static IEnumerable<string> Draw(SlotMap map)
    {
        yield return map.Title;
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{map.Blocks.Count} blocks of {map.BlockBytes / 1024} KiB, payload {map.PayloadBytes / 1024.0:0.0} KiB, file {map.FileBytes / 1024.0:0.0} KiB");
        yield return "";
        foreach (MappedBlock block in map.Blocks)
        {
            if (block.HoleBytesBefore > 0)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"             ~ hole of {block.HoleBytesBefore} bytes ~");
            }

            yield return Line(map, block);
        }

        yield return "";
        yield return map.IsDelta
            ? "# written from the wire   = taken from the running image   . buffer, left erased"
            : "# data   = same as an earlier block   . buffer, left erased";
    }

    static string Line(SlotMap map, MappedBlock block)
    {
        int data = (int)Math.Ceiling((double)block.DataBytes * BarWidth / map.BlockBytes);
        char ink = block.Carried is CarrierMethod.Unchanged or CarrierMethod.Duplicate ? '=' : '#';
        string bar = new string(ink, data) + new string('.', BarWidth - data);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{block.Index,4} {block.VirtualAddress:X8} |{bar}| {block.DataBytes,7} data {block.BufferBytes,7} free  {block.Carried.ToString().ToLowerInvariant()} {block.CarriedBytes}");
    }
}
