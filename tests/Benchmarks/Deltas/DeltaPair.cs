using Twinbank.Deltas;
using Twinbank.Formats;

namespace Twinbank.Benchmarks.Deltas;

/// <summary>Two versions of one firmware, with what their ELF files say where there are any.</summary>
internal sealed record DeltaPair(string Name, CodeImage Old, CodeImage Next)
{
    const int HeadBytes = 64;

    /// <summary>
    /// Reads the pairs of a folder: NAME/{old,new}.bin, and beside them old.elf and new.elf or neither.
    /// </summary>
    public static IEnumerable<DeltaPair> ReadFolder(string folder, bool useSymbols)
        => Directory.GetDirectories(folder)
            .Order(StringComparer.Ordinal)
            .Where(path => File.Exists(Path.Combine(path, "old.bin")) && File.Exists(Path.Combine(path, "new.bin")))
            .Select(path => new DeltaPair(
                Path.GetFileName(path), Read(path, "old", useSymbols), Read(path, "new", useSymbols)));

    /// <summary>A pair of ELF files, reduced to the bytes that are flashed.</summary>
    public static DeltaPair ReadElfs(string name, string oldPath, string newPath)
        => new(name, ReadElf(oldPath), ReadElf(newPath));

    static CodeImage Read(string folder, string version, bool useSymbols)
    {
        byte[] payload = File.ReadAllBytes(Path.Combine(folder, version + ".bin"));
        string elfPath = Path.Combine(folder, version + ".elf");
        if (!File.Exists(elfPath))
        {
            return new CodeImage(payload, LoadAddress.Guess(payload), []);
        }

        ElfFile file = ElfFile.Parse(File.ReadAllBytes(elfPath), elfPath);
        return new CodeImage(payload, AddressOf(file, payload), useSymbols ? Symbols(file) : []);
    }

    static CodeImage ReadElf(string path)
    {
        byte[] content = File.ReadAllBytes(path);
        MemoryImage image = PayloadReader.Read(path, new PayloadReadOptions { Format = PayloadFormat.Elf });
        byte[] payload = new byte[image.SpanBytes];
        foreach (MemorySegment segment in image.Segments)
        {
            segment.Data.CopyTo(payload.AsMemory((int)(segment.Address - image.StartAddress)));
        }

        return new CodeImage(payload, image.StartAddress, Symbols(ElfFile.Parse(content, path)));
    }

    static uint AddressOf(ElfFile file, byte[] payload)
    {
        ReadOnlySpan<byte> head = payload.AsSpan(0, Math.Min(HeadBytes, payload.Length));
        foreach (ElfProgramHeader header in file.ProgramHeaders)
        {
            int at = file.Slice(header.Offset, header.FileBytes, "a segment").IndexOf(head);
            if (at >= 0)
            {
                return header.VirtualAddress + (uint)at;
            }
        }

        return LoadAddress.Guess(payload);
    }

    static CodeSymbol[] Symbols(ElfFile file)
        => [.. ElfSymbols.Read(file).Select(symbol => new CodeSymbol(symbol.Name, symbol.Address, symbol.Bytes))];
}
