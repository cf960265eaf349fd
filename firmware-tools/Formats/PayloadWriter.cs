using Twinbank.Errors;

namespace Twinbank.Formats;

/// <summary>Writes payloads as raw bytes, Intel HEX, S-records or with a DFU suffix.</summary>
public static class PayloadWriter
{
    /// <summary>The formats that can be written.</summary>
    public static IReadOnlyList<PayloadFormat> Formats { get; } =
        [PayloadFormat.Raw, PayloadFormat.IntelHex, PayloadFormat.SRecord, PayloadFormat.Dfu];

    /// <summary>Writes the image. The stream stays open.</summary>
    /// <exception cref="FirmwareException">
    /// BadArgument for a format that is only read; PayloadSpanTooLarge when the holes make a raw or DFU file too large.
    /// </exception>
    public static void Write(Stream stream, MemoryImage image, PayloadFormat format, PayloadWriteOptions options)
    {
        switch (format)
        {
            case PayloadFormat.Raw:
                stream.Write(ToRaw(image, options.Fill));
                break;
            case PayloadFormat.IntelHex:
                IntelHexWriter.Write(stream, image);
                break;
            case PayloadFormat.SRecord:
                SRecordWriter.Write(stream, image);
                break;
            case PayloadFormat.Dfu:
                byte[] raw = ToRaw(image, options.Fill);
                stream.Write(raw);
                stream.Write(options.DfuSuffix.ToBytes(raw));
                break;
            default:
                string written = string.Join(", ", Formats.Select(PayloadFormatNames.Of));
                throw new FirmwareException(
                    ErrorCode.BadArgument,
                    ("value", PayloadFormatNames.Of(format)),
                    ("argument", "--format"),
                    ("reason", $"it can be read but not written; {written} can"));
        }
    }

    /// <summary>All bytes from the first to the last, holes filled.</summary>
    /// <exception cref="FirmwareException">PayloadSpanTooLarge.</exception>
    public static byte[] ToRaw(MemoryImage image, byte fill)
    {
        if (image.SpanBytes > PayloadLimits.PayloadBytesMax)
        {
            throw new FirmwareException(
                ErrorCode.PayloadSpanTooLarge,
                ("start", image.StartAddress),
                ("end", image.EndAddress),
                ("size", image.SpanBytes),
                ("limit", PayloadLimits.PayloadBytesMax));
        }

        byte[] bytes = new byte[image.SpanBytes];
        image.Read(image.StartAddress, bytes, fill);
        return bytes;
    }
}
