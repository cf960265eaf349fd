using Twinbank.Errors;

namespace Twinbank.Formats;

/// <summary>Reads payload files of every format into a <see cref="MemoryImage"/>.</summary>
public static class PayloadReader
{
    // Extensions of files that are raw by convention: they get the hint about --base.
    static readonly string[] s_rawExtensions = [".bin", ".img", ".raw", ".rom"];

    /// <summary>The payload in a file. The content decides what it is, not the extension.</summary>
    /// <exception cref="FirmwareException">FileNotFound, FileUnreadable and all of <see cref="Parse"/>.</exception>
    public static MemoryImage Read(string path, PayloadReadOptions options)
    {
        if (!File.Exists(path))
        {
            throw Directory.Exists(path)
                ? new FirmwareException(ErrorCode.FileUnreadable, ("path", path), ("reason", "it is a folder"))
                : new FirmwareException(ErrorCode.FileNotFound, ("path", path));
        }

        try
        {
            using FileStream stream = File.OpenRead(path);
            return Read(stream, path, options);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FirmwareException(
                ErrorCode.FileUnreadable, exception, ("path", path), ("reason", exception.Message.TrimEnd('.')));
        }
    }

    /// <summary>The payload in a stream, which is read to its end or to the size limit.</summary>
    /// <param name="stream">Where to read; it need not be seekable.</param>
    /// <param name="name">The name for messages.</param>
    /// <param name="options">What the user said about it.</param>
    /// <exception cref="FirmwareException">All of <see cref="Parse"/>.</exception>
    public static MemoryImage Read(Stream stream, string name, PayloadReadOptions options)
        => Parse(CappedStream.ReadAll(stream, name, PayloadLimits.FileBytesMax), name, options);

    /// <summary>The payload in the bytes of a file.</summary>
    /// <exception cref="FirmwareException">
    /// FileEmpty, FileTooLarge, WrongFileKind, UnknownPayloadFormat, BaseAddressMissing, BadArgument; BadElf,
    /// BadIntelHex, BadSRecord, BadDfuSuffix, BadUf2; UniversalHexBoardMissing; PayloadEmpty, OverlappingSegments,
    /// PayloadTooScattered.
    /// </exception>
    public static MemoryImage Parse(byte[] content, string name, PayloadReadOptions options)
    {
        if (content.Length == 0)
        {
            throw new FirmwareException(ErrorCode.FileEmpty, ("path", name));
        }

        PayloadFormat format = options.Format ?? Detect(content, name, options);
        RefuseUnusedOptions(format, options);
        return format switch
        {
            PayloadFormat.Elf => ElfReader.Read(content, name),
            PayloadFormat.IntelHex => new IntelHexReader(name).Read(content, options.UniversalHexBoard),
            PayloadFormat.SRecord => new SRecordReader(name).Read(content),
            PayloadFormat.Dfu => DfuReader.Read(content, name, options),
            PayloadFormat.Uf2 => Uf2Reader.Read(content, name),
            _ => ReadRaw(content, name, options, PayloadFormat.Raw),
        };
    }

    /// <summary>The format that the content shows.</summary>
    /// <exception cref="FirmwareException">WrongFileKind, BaseAddressMissing, UnknownPayloadFormat.</exception>
    internal static PayloadFormat Detect(byte[] content, string name, PayloadReadOptions options)
    {
        if (DfuSuffix.IsSignedAtEnd(content) || content.AsSpan().StartsWith(DfuSeReader.Signature))
        {
            return PayloadFormat.Dfu;
        }

        if (FileKind.FormatOf(content) is { } format)
        {
            return format;
        }

        if (FileKind.Of(content) is { } kind)
        {
            throw new FirmwareException(ErrorCode.WrongFileKind, ("path", name), ("kind", kind));
        }

        if (options.BaseAddress is null)
        {
            throw s_rawExtensions.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase)
                ? new FirmwareException(ErrorCode.BaseAddressMissing, ("path", name))
                : new FirmwareException(ErrorCode.UnknownPayloadFormat, ("path", name));
        }

        return PayloadFormat.Raw;
    }

    /// <summary>Bytes without addresses at the base that the user gave.</summary>
    /// <exception cref="FirmwareException">BaseAddressMissing, BadArgument when they reach beyond 4 GiB.</exception>
    internal static MemoryImage ReadRaw(
        ReadOnlySpan<byte> content, string name, PayloadReadOptions options, PayloadFormat format)
    {
        uint baseAddress = options.BaseAddress
            ?? throw new FirmwareException(ErrorCode.BaseAddressMissing, ("path", name));
        if (baseAddress + (ulong)content.Length > 1UL << 32)
        {
            throw new FirmwareException(
                ErrorCode.BadArgument,
                ("value", $"0x{baseAddress:X8}"),
                ("argument", "--base"),
                ("reason", $"{content.Length} bytes from there reach beyond the 4 GiB of 32-bit addresses"));
        }

        return MemoryImage.Create(name, format, [new MemorySegment(baseAddress, content.ToArray())]);
    }

    static void RefuseUnusedOptions(PayloadFormat format, PayloadReadOptions options)
    {
        if (options.BaseAddress is { } baseAddress && format is not (PayloadFormat.Raw or PayloadFormat.Dfu))
        {
            throw new FirmwareException(
                ErrorCode.BadArgument,
                ("value", $"0x{baseAddress:X8}"),
                ("argument", "--base"),
                ("reason", $"a file of format {PayloadFormatNames.Of(format)} says itself where its bytes belong"));
        }

        if (options.UniversalHexBoard is { } board && format != PayloadFormat.IntelHex)
        {
            throw new FirmwareException(
                ErrorCode.BadArgument,
                ("value", $"{board:X4}"),
                ("argument", "--hex-board"),
                ("reason", $"the file has the format {PayloadFormatNames.Of(format)}, not Universal HEX"));
        }
    }
}
