using System.Buffers.Binary;
using System.Text;

namespace Twinbank.Testing;

/// <summary>What a built boot stage consists of, by namespace; from the symbols of its ELF file.</summary>
internal sealed class BootStageCode
{
    internal const string TypeTables = "(type tables)";
    internal const string Text = "(text)";
    internal const string Rest = "(assembly, padding, the rest)";

    const int SymbolBytes = 16;
    const int SectionHeaderBytes = 40;
    const int TypeSymbols = 2;
    const int TypeNoBits = 8;
    const uint FlagAllocate = 2;

    readonly byte[] _elf;

    BootStageCode(byte[] elf, long imageBytes)
    {
        _elf = elf;
        ImageBytes = imageBytes;
    }

    /// <summary>Folders below device-agent/BareMetal.</summary>
    internal static string[] Boards { get; } = ["QemuVirt", "EmcraftSf2"];

    /// <summary>Bytes in flash.</summary>
    internal long ImageBytes { get; }

    /// <summary>Bytes by namespace; they add up to <see cref="ImageBytes"/>.</summary>
    internal SortedDictionary<string, long> Namespaces { get; } = new(StringComparer.Ordinal);

    /// <summary>Null where it was not built: that takes ilc and binutils for arm-none-eabi.</summary>
    internal static BootStageCode? Read(string board)
    {
        string stem = RepositoryRoot.Combine($"device-agent/BareMetal/{board}/bin/BootStage.{board}");
        if (!File.Exists(stem + ".bin"))
        {
            return null;
        }

        var code = new BootStageCode(File.ReadAllBytes(stem + ".elf"), new FileInfo(stem + ".bin").Length);
        code.CountSymbols(board);
        code.Namespaces[Rest] = code.ImageBytes - code.Namespaces.Values.Sum();
        return code;
    }

    /// <summary>The namespace of a symbol as ilc names it.</summary>
    internal static string NamespaceOf(string symbol, string board)
    {
        if (symbol.StartsWith("_ZTV", StringComparison.Ordinal))
        {
            return TypeTables;
        }

        if (symbol.StartsWith("__Str_", StringComparison.Ordinal))
        {
            return Text;
        }

        string name = symbol.Replace("__FrozenObj_", "", StringComparison.Ordinal)
            .Replace($"Twinbank_BootStage_{board}_", "", StringComparison.Ordinal);
        string type = name.Split("__")[0];
        int last = type.LastIndexOf('_');
        return !type.StartsWith("Twinbank_", StringComparison.Ordinal)
            && !type.StartsWith("System_", StringComparison.Ordinal)
            && !type.StartsWith("Internal_", StringComparison.Ordinal)
            ? Rest
            : type[..last].Replace('_', '.');
    }

    void CountSymbols(string board)
    {
        int sections = U16(48);
        int header = Enumerable.Range(0, sections).Select(Header).First(header => U32(header + 4) == TypeSymbols);
        int names = U32(Header(U32(header + 24)) + 16);
        var seen = new HashSet<int>();
        for (int row = U32(header + 16); row < U32(header + 16) + U32(header + 20); row += SymbolBytes)
        {
            int section = U16(row + 14);
            int size = U32(row + 8);

            // A method that is also exported under another name counts once.
            if (size > 0 && section > 0 && section < sections && IsInImage(Header(section)) && seen.Add(U32(row + 4)))
            {
                string space = NamespaceOf(TextAt(names + U32(row)), board);
                Namespaces[space] = Namespaces.GetValueOrDefault(space) + size;
            }
        }

        Namespaces.Remove(Rest);
    }

    bool IsInImage(int header) => U32(header + 4) != TypeNoBits && (U32(header + 8) & FlagAllocate) != 0;

    int Header(int index) => U32(32) + index * SectionHeaderBytes;

    string TextAt(int offset)
        => Encoding.ASCII.GetString(_elf.AsSpan(offset, Array.IndexOf(_elf, (byte)0, offset) - offset));

    int U16(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(_elf.AsSpan(offset));

    int U32(int offset) => BinaryPrimitives.ReadInt32LittleEndian(_elf.AsSpan(offset));
}
