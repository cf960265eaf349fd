using System.Buffers.Binary;
using System.IO.Hashing;

namespace Twinbank.Formats;

/// <summary>
/// The 16 bytes at the end of a DFU file (USB DFU 1.1, appendix B): which device it is for, a signature and a CRC-32.
/// </summary>
/// <param name="VendorId">USB vendor; 0xFFFF: any.</param>
/// <param name="ProductId">USB product; 0xFFFF: any.</param>
/// <param name="DeviceRelease">bcdDevice, the device's release; 0xFFFF: any.</param>
/// <param name="SpecificationRelease">bcdDFU: 0x0100 for DFU, 0x011A for a DfuSe file.</param>
public sealed record DfuSuffix(ushort VendorId, ushort ProductId, ushort DeviceRelease, ushort SpecificationRelease)
{
    /// <summary>bcdDFU of a plain DFU file.</summary>
    public const ushort PlainRelease = 0x0100;

    /// <summary>bcdDFU of a DfuSe file (ST UM0391).</summary>
    public const ushort DfuSeRelease = 0x011A;

    /// <summary>Size of the suffix as this version of DFU defines it.</summary>
    public const int SizeBytes = 16;

    // Offsets from the end of the file, so that a longer suffix of a later version can be stripped, too.
    const int CrcFromEnd = 4;
    const int LengthFromEnd = 5;
    const int SignatureFromEnd = 8;
    const int SpecificationFromEnd = 10;
    const int VendorFromEnd = 12;
    const int ProductFromEnd = 14;
    const int DeviceFromEnd = 16;

    // The fields are in reverse order, so "DFU" reads backwards.
    static ReadOnlySpan<byte> Signature => "UFD"u8;

    /// <summary>True when the content ends with the signature and a plausible length; the CRC is not checked.</summary>
    public static bool IsSignedAtEnd(ReadOnlySpan<byte> content)
        => content.Length >= SizeBytes && content[^SignatureFromEnd..].StartsWith(Signature)
            && content[^LengthFromEnd] >= SizeBytes;

    /// <summary>Reads the suffix at the end of the content.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="suffix">The suffix; null when false is returned.</param>
    /// <param name="payloadBytes">How many bytes come before the suffix.</param>
    /// <param name="problem">What is wrong when false is returned, without a full stop.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> content, out DfuSuffix? suffix, out int payloadBytes, out string problem)
    {
        suffix = null;
        payloadBytes = 0;
        if (!IsSignedAtEnd(content))
        {
            problem = "the signature UFD is not where the suffix has it; the file may be cut off";
            return false;
        }

        int suffixBytes = content[^LengthFromEnd];
        if (suffixBytes > content.Length)
        {
            problem = $"it claims a suffix of {suffixBytes} bytes, but the file has {content.Length}";
            return false;
        }

        uint stored = BinaryPrimitives.ReadUInt32LittleEndian(content[^CrcFromEnd..]);
        uint computed = Crc(content[..^CrcFromEnd]);
        if (stored != computed)
        {
            problem = $"its CRC is 0x{stored:X8}, but the bytes before it give 0x{computed:X8}";
            return false;
        }

        suffix = new DfuSuffix(
            U16(content, VendorFromEnd),
            U16(content, ProductFromEnd),
            U16(content, DeviceFromEnd),
            U16(content, SpecificationFromEnd));
        payloadBytes = content.Length - suffixBytes;
        problem = "";
        return true;
    }

    /// <summary>The suffix that belongs after the payload.</summary>
    public byte[] ToBytes(ReadOnlySpan<byte> payload)
    {
        byte[] suffix = new byte[SizeBytes];
        Span<byte> span = suffix;
        BinaryPrimitives.WriteUInt16LittleEndian(span[^DeviceFromEnd..], DeviceRelease);
        BinaryPrimitives.WriteUInt16LittleEndian(span[^ProductFromEnd..], ProductId);
        BinaryPrimitives.WriteUInt16LittleEndian(span[^VendorFromEnd..], VendorId);
        BinaryPrimitives.WriteUInt16LittleEndian(span[^SpecificationFromEnd..], SpecificationRelease);
        Signature.CopyTo(span[^SignatureFromEnd..]);
        span[^LengthFromEnd] = SizeBytes;
        BinaryPrimitives.WriteUInt32LittleEndian(span[^CrcFromEnd..], Crc(payload, span[..^CrcFromEnd]));
        return suffix;
    }

    static ushort U16(ReadOnlySpan<byte> content, int fromEnd)
        => BinaryPrimitives.ReadUInt16LittleEndian(content[^fromEnd..]);

    // The common CRC-32 without its final inversion.
    static uint Crc(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second = default)
    {
        var crc = new Crc32();
        crc.Append(first);
        crc.Append(second);
        return ~crc.GetCurrentHashAsUInt32();
    }
}
