using System.Text;

namespace Twinbank.Formats;

/// <summary>Names files by their first bytes, so that an error can say what was given instead of a payload.</summary>
static class FileKind
{
    // Signatures as the tools of each format write them; the longest one that fits is the answer.
    static readonly (int Offset, byte[] Bytes, string Kind)[] s_signatures =
    [
        (0, [0x1F, 0x8B], "a gzip file"),
        (0, "PK\x03\x04"u8.ToArray(), "a zip archive"),
        (0, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "an xz file"),
        (0, "BZh"u8.ToArray(), "a bzip2 file"),
        (0, [0x28, 0xB5, 0x2F, 0xFD], "a zstd file"),
        (0, [0x04, 0x22, 0x4D, 0x18], "an lz4 file"),
        (0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7-zip archive"),
        (0, "MZ"u8.ToArray(), "a PE file (Windows program or .NET assembly)"),
        (0, "NFMRK"u8.ToArray(), "a .NET nanoFramework assembly"),
        (0, [0xCE, 0xFA, 0xED, 0xFE], "a Mach-O file"),
        (0, [0xCF, 0xFA, 0xED, 0xFE], "a Mach-O file"),
        (0, [0xCA, 0xFE, 0xBA, 0xBE], "a Mach-O or Java class file"),
        (0, "!<arch>\n"u8.ToArray(), "a static library or Debian package (ar archive)"),
        (257, "ustar"u8.ToArray(), "a tar archive"),
        (0, "TWBK"u8.ToArray(), "a firmware image container (.fwi)"),
        (0, [0x3D, 0xB8, 0xF3, 0x96], "an MCUboot image"),
        (0, "%PDF-"u8.ToArray(), "a PDF document"),
        (0, "-----BEGIN"u8.ToArray(), "a PEM file (key or certificate)"),
        (0, "<!DOCTYPE"u8.ToArray(), "an HTML page"),
        (0, "<html"u8.ToArray(), "an HTML page"),
        (0, "<?xml"u8.ToArray(), "an XML file"),
        (0, "version https://git-lfs"u8.ToArray(), "a Git LFS pointer, not the file itself"),
        (0, [0xFF, 0xFE, 0x3A, 0x00], "Intel HEX saved as UTF-16 text"),
    ];

    /// <summary>What the content is, with an article, as far as known here; null when not known.</summary>
    internal static string? Of(ReadOnlySpan<byte> content)
    {
        string? kind = null;
        int longest = 0;
        foreach ((int offset, byte[] bytes, string candidate) in s_signatures)
        {
            if (bytes.Length > longest && content.Length >= offset && content[offset..].StartsWith(bytes))
            {
                kind = candidate;
                longest = bytes.Length;
            }
        }

        return kind;
    }

    /// <summary>
    /// The format that the first bytes show; null when they show none. Does not look for a DFU suffix.
    /// </summary>
    internal static PayloadFormat? FormatOf(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith(ElfFile.Magic))
        {
            return PayloadFormat.Elf;
        }

        if (content.StartsWith(Uf2Reader.Magic))
        {
            return PayloadFormat.Uf2;
        }

        ReadOnlySpan<byte> text = content.StartsWith(Encoding.UTF8.Preamble)
            ? content[Encoding.UTF8.Preamble.Length..]
            : content;
        text = text.TrimStart(" \t\r\n"u8);
        if (text.Length >= 2 && text[0] == ':' && char.IsAsciiHexDigit((char)text[1]))
        {
            return PayloadFormat.IntelHex;
        }

        bool isSRecord = text.Length >= 4 && text[0] is (byte)'S' or (byte)'s' && char.IsAsciiDigit((char)text[1])
            && char.IsAsciiHexDigit((char)text[2]) && char.IsAsciiHexDigit((char)text[3]);
        return isSRecord ? PayloadFormat.SRecord : null;
    }
}
