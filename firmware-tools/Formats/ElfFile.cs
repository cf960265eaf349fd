using System.Buffers.Binary;
using Twinbank.Errors;

namespace Twinbank.Formats;

/// <summary>
/// The headers of a 32-bit little-endian ELF file (System V ABI, edition 4.1, chapters 4 and 5) and access to its bytes
/// with bounds checked. Sections and symbols have their header's numbers here and can be read through it.
/// </summary>
public sealed class ElfFile
{
    /// <summary>e_machine of ARM, 32 bits.</summary>
    public const ushort MachineArm = 40;

    const int HeaderBytes = 52;
    const int ProgramHeaderBytes = 32;
    const ushort TypeExecutable = 2;

    readonly byte[] _content;

    ElfFile(byte[] content, string source)
    {
        _content = content;
        Source = source;
    }

    internal static ReadOnlySpan<byte> Magic => [0x7F, (byte)'E', (byte)'L', (byte)'F'];

    /// <summary>The file's name for messages.</summary>
    public string Source { get; }

    /// <summary>e_machine: 40 ARM, 94 Xtensa, 243 RISC-V.</summary>
    public ushort Machine => U16(18);

    /// <summary>e_entry; 0 when the file has no entry point.</summary>
    public uint Entry => U32(24);

    /// <summary>e_flags: bits that the machine's ABI defines.</summary>
    public uint Flags => U32(36);

    /// <summary>e_shoff: file offset of the section headers; 0 when the file was stripped of them.</summary>
    public uint SectionHeaderOffset => U32(32);

    /// <summary>e_shnum: number of section headers.</summary>
    public ushort SectionHeaderCount => U16(48);

    /// <summary>e_shstrndx: index of the section with the sections' names.</summary>
    public ushort SectionNameIndex => U16(50);

    /// <summary>The program headers in file order.</summary>
    public IReadOnlyList<ElfProgramHeader> ProgramHeaders { get; private set; } = [];

    /// <summary>Reads the headers.</summary>
    /// <exception cref="FirmwareException">BadElf: not a linked 32-bit little-endian ELF file, or cut off.</exception>
    public static ElfFile Parse(byte[] content, string source)
    {
        var file = new ElfFile(content, source);
        file.CheckIdentity();
        file.ReadProgramHeaders();
        return file;
    }

    /// <summary>Bytes of the file.</summary>
    /// <param name="offset">Offset in the file.</param>
    /// <param name="count">Number of bytes.</param>
    /// <param name="what">What they are, for the error: "segment 2".</param>
    /// <exception cref="FirmwareException">BadElf when the file ends before.</exception>
    public ReadOnlySpan<byte> Slice(uint offset, uint count, string what)
    {
        if (offset > _content.Length || count > _content.Length - offset)
        {
            throw Bad($"{what} reaches to byte {(ulong)offset + count} of the file, which has {_content.Length}");
        }

        return _content.AsSpan((int)offset, (int)count);
    }

    internal FirmwareException Bad(string problem)
        => new(ErrorCode.BadElf, ("path", Source), ("problem", problem));

    void CheckIdentity()
    {
        if (!_content.AsSpan().StartsWith(Magic))
        {
            string found = FileKind.Of(_content) is { } kind ? $"; it is {kind}" : "";
            throw Bad($"it does not start with the bytes 7F 45 4C 46{found}");
        }

        if (_content.Length < HeaderBytes)
        {
            throw Bad($"it ends inside the header: {_content.Length} of {HeaderBytes} bytes");
        }

        string? problem = (_content[4], _content[5], _content[6], U16(16)) switch
        {
            (2, _, _, _) => "it is a 64-bit file; targets here have 32-bit addresses",
            (not 1, _, _, _) => $"its class is {_content[4]}, not 1 (32 bits)",
            (_, 2, _, _) => "it is big-endian; targets here are little-endian",
            (_, not 1, _, _) => $"its byte order is {_content[5]}, not 1 (little-endian)",
            (_, _, not 1, _) => $"its version is {_content[6]}, not 1",
            (_, _, _, 1) => "it is an object file that was not linked",
            (_, _, _, 3) => "it is a shared library or position-independent program",
            (_, _, _, 4) => "it is a core dump",
            (_, _, _, not TypeExecutable) => $"its type is {U16(16)}, not 2 (executable)",
            _ => null,
        };
        if (problem is not null)
        {
            throw Bad(problem);
        }
    }

    void ReadProgramHeaders()
    {
        uint offset = U32(28);
        ushort entryBytes = U16(42);
        ushort count = U16(44);
        if (count > PayloadLimits.ProgramHeaderCountMax)
        {
            throw Bad($"it claims {count} program headers; at most {PayloadLimits.ProgramHeaderCountMax} are read");
        }

        if (count > 0 && entryBytes != ProgramHeaderBytes)
        {
            throw Bad($"its program headers have {entryBytes} bytes each, not {ProgramHeaderBytes}");
        }

        ReadOnlySpan<byte> table = Slice(offset, (uint)count * ProgramHeaderBytes, "the program header table");
        var headers = new ElfProgramHeader[count];
        for (int i = 0; i < count; i++)
        {
            headers[i] = ElfProgramHeader.Read(table.Slice(i * ProgramHeaderBytes, ProgramHeaderBytes));
        }

        ProgramHeaders = headers;
    }

    ushort U16(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(_content.AsSpan(offset));

    uint U32(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_content.AsSpan(offset));
}
