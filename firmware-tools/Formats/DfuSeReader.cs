using System.Buffers.Binary;
using System.Text;
using Twinbank.Errors;

namespace Twinbank.Formats;

/// <summary>
/// The content of a DfuSe file (ST UM0391): a prefix, then targets (alternate settings), each with elements that have
/// an address. Elements of all targets become segments.
/// </summary>
static class DfuSeReader
{
    const int PrefixBytes = 11;
    const int TargetPrefixBytes = 274;
    const int TargetNameOffset = 11;
    const int TargetNameBytes = 255;
    const int TargetSizeOffset = 266;
    const int TargetElementsOffset = 270;
    const int ElementPrefixBytes = 8;

    internal static ReadOnlySpan<byte> Signature => "DfuSe"u8;

    static ReadOnlySpan<byte> TargetSignature => "Target"u8;

    /// <param name="content">The file without its DFU suffix.</param>
    /// <param name="name">The name for messages.</param>
    /// <param name="options">May not have a base address.</param>
    /// <exception cref="FirmwareException">BadDfuSuffix, BadArgument, PayloadEmpty, OverlappingSegments.</exception>
    internal static MemoryImage Read(ReadOnlySpan<byte> content, string name, PayloadReadOptions options)
    {
        if (options.BaseAddress is { } baseAddress)
        {
            throw new FirmwareException(
                ErrorCode.BadArgument,
                ("value", $"0x{baseAddress:X8}"),
                ("argument", "--base"),
                ("reason", "a DfuSe file says itself where its bytes belong"));
        }

        CheckPrefix(content, name);
        int targetCount = content[10];
        var segments = new List<MemorySegment>();
        ReadOnlySpan<byte> rest = content[PrefixBytes..];
        for (int i = 0; i < targetCount; i++)
        {
            rest = ReadTarget(rest, name, i, segments);
        }

        return rest.Length == 0
            ? MemoryImage.Create(name, PayloadFormat.Dfu, segments)
            : throw DfuReader.Bad(name, $"{rest.Length} bytes follow the last of {targetCount} DfuSe targets");
    }

    static void CheckPrefix(ReadOnlySpan<byte> content, string name)
    {
        if (content.Length < PrefixBytes)
        {
            throw DfuReader.Bad(name, "it ends inside the DfuSe prefix");
        }

        if (content[5] != 1)
        {
            throw DfuReader.Bad(name, $"its DfuSe version is {content[5]}, not 1");
        }

        // The file's size: some tools count the DFU suffix, others do not.
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(content[6..]);
        if (size != content.Length && size != content.Length + DfuSuffix.SizeBytes)
        {
            throw DfuReader.Bad(name, $"the DfuSe prefix says {size} bytes, but there are {content.Length}");
        }
    }

    static ReadOnlySpan<byte> ReadTarget(
        ReadOnlySpan<byte> rest, string name, int index, List<MemorySegment> segments)
    {
        if (rest.Length < TargetPrefixBytes || !rest.StartsWith(TargetSignature))
        {
            throw DfuReader.Bad(name, $"DfuSe target {index} does not start with its prefix");
        }

        uint sizeBytes = BinaryPrimitives.ReadUInt32LittleEndian(rest[TargetSizeOffset..]);
        uint elementCount = BinaryPrimitives.ReadUInt32LittleEndian(rest[TargetElementsOffset..]);
        string targetName = NameOf(rest.Slice(TargetNameOffset, TargetNameBytes));
        rest = rest[TargetPrefixBytes..];
        if (sizeBytes > rest.Length || elementCount > PayloadLimits.DfuSeElementCountMax)
        {
            throw DfuReader.Bad(
                name,
                $"DfuSe target {index} claims {sizeBytes} bytes in {elementCount} elements; {rest.Length} are left");
        }

        ReadOnlySpan<byte> body = rest[..(int)sizeBytes];
        for (uint element = 0; element < elementCount; element++)
        {
            body = ReadElement(body, name, $"element {element} of DfuSe target {index}", targetName, segments);
        }

        return body.Length == 0
            ? rest[(int)sizeBytes..]
            : throw DfuReader.Bad(name, $"{body.Length} bytes follow the last element of DfuSe target {index}");
    }

    static ReadOnlySpan<byte> ReadElement(
        ReadOnlySpan<byte> body, string name, string what, string targetName, List<MemorySegment> segments)
    {
        if (body.Length < ElementPrefixBytes)
        {
            throw DfuReader.Bad(name, $"{what} is cut off");
        }

        uint address = BinaryPrimitives.ReadUInt32LittleEndian(body);
        uint sizeBytes = BinaryPrimitives.ReadUInt32LittleEndian(body[4..]);
        body = body[ElementPrefixBytes..];
        if (sizeBytes > body.Length || (ulong)address + sizeBytes > 1UL << 32)
        {
            throw DfuReader.Bad(
                name, $"{what} claims {sizeBytes} bytes at 0x{address:X8}; {body.Length} are left in the target");
        }

        segments.Add(new MemorySegment(address, body[..(int)sizeBytes].ToArray()) { Name = targetName });
        return body[(int)sizeBytes..];
    }

    // Only printable ASCII: the name goes to terminals.
    static string NameOf(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        string text = Encoding.ASCII.GetString(end < 0 ? bytes : bytes[..end]);
        return new string([.. text.Where(c => c is >= ' ' and <= '~')]);
    }
}
