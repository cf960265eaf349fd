using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Twinbank.Layout.Inputs;

/// <summary>A short hash of what a piece holds before the linker fills in addresses.</summary>
static class PieceContent
{
    /// <summary>Chance of a wrong match among 100,000 pieces: about one in four billion.</summary>
    const int HashBytes = 8;

    /// <summary>Bytes, and per relocation its offset, type, addend and target; local symbols count by place.</summary>
    internal static string Of(ElfObject file, IEnumerable<ElfSection> sections)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[4];
        foreach (ElfSection section in sections)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(number, section.SizeBytes);
            hash.AppendData(number);
            hash.AppendData(file.Bytes(section));
            foreach ((uint offset, byte type, int symbol, int addend) in file.Relocations(section))
            {
                string target = symbol < file.Symbols.Count ? NameOf(file, file.Symbols[symbol]) : "?";
                hash.AppendData(Encoding.UTF8.GetBytes($"{offset:x}/{type}/{addend:x}/{target};"));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, HashBytes));
    }

    static string NameOf(ElfObject file, in ElfSymbol symbol)
        => symbol.IsGlobal || symbol.SectionIndex >= file.Sections.Count
            ? symbol.Name
            : $"{PieceKey.Of("", "", file.Sections[symbol.SectionIndex].Name)}+{symbol.Value:x}";
}
