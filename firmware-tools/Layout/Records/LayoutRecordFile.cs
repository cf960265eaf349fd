using System.Text.Json;
using System.Text.Json.Serialization;
using Twinbank.Errors;
using Twinbank.Layout.Inputs;
using Twinbank.Layout.Planning;

namespace Twinbank.Layout.Records;

/// <summary>The record as a JSON file: one piece per line, so that a version control system shows what moved.</summary>
public static class LayoutRecordFile
{
    static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        MaxDepth = 8,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The record as UTF-8 JSON with LF line ends; the same record gives the same bytes.</summary>
    public static byte[] Write(LayoutRecord record)
    {
        string text = JsonSerializer.Serialize(record, s_options);

        // Keys cannot hold a quote, so these sequences only occur between members and elements.
        text = text.Replace("},{", "},\n{", StringComparison.Ordinal)
            .Replace("[{", "[\n{", StringComparison.Ordinal)
            .Replace("}]", "}\n]", StringComparison.Ordinal)
            .Replace(",\"", ", \"", StringComparison.Ordinal);
        return System.Text.Encoding.UTF8.GetBytes(text + "\n");
    }

    /// <exception cref="FirmwareException">
    /// BadLayoutRecord: no JSON, another format, or a record that contradicts itself.
    /// </exception>
    public static LayoutRecord Parse(ReadOnlySpan<byte> json, string source)
    {
        LayoutRecord? record;
        try
        {
            record = JsonSerializer.Deserialize<LayoutRecord>(json, s_options);
        }
        catch (JsonException problem)
        {
            throw Bad(source, problem.Message.TrimEnd('.'), problem);
        }

        if (record is null)
        {
            throw Bad(source, "it is empty");
        }

        return Check(record) is { } contradiction ? throw Bad(source, contradiction) : record;
    }

    static string? Check(LayoutRecord record)
    {
        if (record.Format != LayoutRecord.FormatNumber)
        {
            return $"its format is {record.Format}, and this version reads {LayoutRecord.FormatNumber}";
        }

        if (record.WindowBytes == 0 || record.SpareBytes >= record.WindowBytes)
        {
            return $"blocks of {record.WindowBytes} bytes cannot have {record.SpareBytes} spare bytes";
        }

        if (record.Pieces.Count > LayoutLimits.PieceCountMax)
        {
            return $"it has {record.Pieces.Count} pieces; at most {LayoutLimits.PieceCountMax} are read";
        }

        if (record.Pieces.Contains(null!) || record.Entries.Contains(null!))
        {
            return "a piece or an entry is null";
        }

        RecordedArea?[] areas = [record.Code, record.Rest, record.Load, record.Data, record.Zero];
        return areas.Any(area => area is { EndAddress: > uint.MaxValue } || area?.UsedBytes > area?.RoomBytes)
            ? "an area passes the end of the address space or is used beyond its room"
            : CheckPieces(record) ?? CheckImage(record);
    }

    /// <summary>What is in the image lies in blocks that an image can have: a report has a line for each.</summary>
    static string? CheckImage(LayoutRecord record)
    {
        IEnumerable<(uint Start, ulong End)> content = record.Pieces
            .Where(piece => piece.Kind <= PieceKind.Constant).Select(piece => (piece.Address, piece.EndAddress))
            .Concat(record.Entries.Select(entry => (entry.Address, (ulong)entry.Address + EntryPoint.SizeBytes)));
        IEnumerable<(uint Start, ulong End)> areas =
            new[] { record.Rest, record.Load, record.Load is null ? record.Data : null }
                .OfType<RecordedArea>().Where(area => area.Start >= record.VirtualBase && area.UsedBytes > 0)
                .Select(area => (area.Start, area.EndAddress));
        ulong end = Math.Min(
            uint.MaxValue, record.VirtualBase + ((ulong)record.WindowBytes * LayoutLimits.BlockCountMax));
        return content.Concat(areas).Any(range => range.Start < record.VirtualBase || range.End > end)
            ? $"something lies outside the image: before 0x{record.VirtualBase:X8}, or in no block of "
                + $"{LayoutLimits.BlockCountMax}"
            : null;
    }

    static string? CheckPieces(LayoutRecord record)
    {
        HashSet<string> keys = new(StringComparer.Ordinal);
        ulong end = 0;
        string last = "";
        foreach (RecordedPiece piece in record.Pieces)
        {
            if (piece.Key.Contains('"') || !keys.Add(piece.Key))
            {
                return $"the key {piece.Key} occurs twice or has a quote";
            }

            if (piece.SizeBytes == 0 || (piece.AlignmentBytes & (piece.AlignmentBytes - 1)) != 0
                || piece.AlignmentBytes == 0 || piece.EndAddress > uint.MaxValue)
            {
                return $"the size or the alignment of {piece.Key} is impossible";
            }

            if (piece.Address < end)
            {
                return $"{piece.Key} at 0x{piece.Address:X8} overlaps {last}, or the pieces are not in order";
            }

            end = piece.EndAddress;
            last = piece.Key;
        }

        RecordedEntry? orphan = record.Entries.FirstOrDefault(entry => !keys.Contains(entry.Key));
        return orphan is null ? null : $"the entry {orphan.Symbol} leads to {orphan.Key}, which is not there";
    }

    static FirmwareException Bad(string source, string problem, Exception? inner = null)
        => inner is null
            ? new FirmwareException(ErrorCode.BadLayoutRecord, ("path", source), ("problem", problem))
            : new FirmwareException(ErrorCode.BadLayoutRecord, inner, ("path", source), ("problem", problem));
}
