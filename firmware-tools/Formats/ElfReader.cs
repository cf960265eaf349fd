using Twinbank.Errors;

namespace Twinbank.Formats;

/// <summary>
/// The loadable segments of an ELF file: PT_LOAD with bytes in the file, at their physical addresses.
/// </summary>
static class ElfReader
{
    const uint AccessMask = 7;

    /// <exception cref="FirmwareException">BadElf, PayloadEmpty, OverlappingSegments.</exception>
    internal static MemoryImage Read(byte[] content, string name)
    {
        ElfFile file = ElfFile.Parse(content, name);
        var segments = new List<MemorySegment>();
        long bytes = 0;
        for (int i = 0; i < file.ProgramHeaders.Count; i++)
        {
            ElfProgramHeader header = file.ProgramHeaders[i];
            if (header.Type != ElfProgramHeader.TypeLoad || header.FileBytes == 0)
            {
                continue;
            }

            // Headers may point to the same bytes many times, so the sum is checked before each copy.
            bytes += header.FileBytes;
            if (bytes > PayloadLimits.PayloadBytesMax)
            {
                throw file.Bad($"its segments have more than {PayloadLimits.PayloadBytesMax} bytes");
            }

            segments.Add(ReadSegment(file, header, i));
        }

        return MemoryImage.Create(name, PayloadFormat.Elf, segments) with
        {
            EntryPoint = file.Entry == 0 ? null : file.Entry,
            Machine = file.Machine,
        };
    }

    static MemorySegment ReadSegment(ElfFile file, ElfProgramHeader header, int index)
    {
        string what = $"segment {index}";
        ReadOnlySpan<byte> data = file.Slice(header.Offset, header.FileBytes, what);
        if (header.MemoryBytes < header.FileBytes)
        {
            throw file.Bad($"{what} has {header.FileBytes} bytes in the file but {header.MemoryBytes} in memory");
        }

        if ((ulong)header.PhysicalAddress + header.FileBytes > 1UL << 32
            || (ulong)header.VirtualAddress + header.MemoryBytes > 1UL << 32)
        {
            throw file.Bad($"{what} at 0x{header.PhysicalAddress:X8} reaches beyond 4 GiB");
        }

        return new MemorySegment(header.PhysicalAddress, data.ToArray())
        {
            VirtualAddress = header.VirtualAddress,
            Name = what,
            Access = (SegmentAccess)(header.Flags & AccessMask),
        };
    }
}
