namespace Twinbank.BareMetal.CodeShrinker;

/// <summary>One section of an object file: bytes, and what the linker must add to them.</summary>
public sealed class ElfSection
{
    internal const int TypeProgramBits = 1;
    internal const int TypeNoBits = 8;
    const uint FlagWrite = 1;
    const uint FlagAllocate = 2;
    const uint FlagExecute = 4;

    readonly uint _type;
    readonly uint _flags;

    internal ElfSection(string name, uint type, uint flags, uint alignment, byte[] content)
    {
        Name = name;
        _type = type;
        _flags = flags;
        Alignment = Math.Max(1, alignment);
        Content = content;
    }

    public string Name { get; }

    public uint Alignment { get; }

    /// <summary>Zeros for a section that takes no room in the file.</summary>
    public byte[] Content { get; }

    /// <summary>By offset in the section.</summary>
    public SortedDictionary<int, Relocation> Relocations { get; } = [];

    /// <summary>Part of the running program; the rest describes it.</summary>
    public bool IsProgram => (_type is TypeProgramBits or TypeNoBits) && (_flags & FlagAllocate) != 0;

    public bool IsCode => IsProgram && (_flags & FlagExecute) != 0;

    /// <summary>Only its size is in the file.</summary>
    public bool IsZeros => _type == TypeNoBits;

    /// <summary>How .section wants the flags.</summary>
    internal string FlagText => "a" + ((_flags & FlagWrite) != 0 ? "w" : "") + ((_flags & FlagExecute) != 0 ? "x" : "");
}
