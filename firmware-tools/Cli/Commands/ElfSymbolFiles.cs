using Twinbank.Deltas;
using Twinbank.Errors;
using Twinbank.Formats;
using Twinbank.Images.Updates;

namespace Twinbank.Cli.Commands;

/// <summary>The ELF files that <c>fw image diff</c> may be given.</summary>
static class ElfSymbolFiles
{
    // Debug information makes ELF files many times larger than what is flashed.
    const long ElfBytesMax = 512L * 1024 * 1024;

    /// <summary>Symbols of both files; null when neither is named.</summary>
    /// <exception cref="FirmwareException">OptionMissing when only one is named; BadElf, FW1001 to FW1003.</exception>
    internal static DeltaSymbols? Read(string? oldPath, string? newPath)
        => (oldPath, newPath) switch
        {
            (null, null) => null,
            (null, _) => throw Missing("--from-elf"),
            (_, null) => throw Missing("--to-elf"),
            _ => new DeltaSymbols(ReadSymbols(oldPath), ReadSymbols(newPath)),
        };

    static FirmwareException Missing(string option)
        => new(
            ErrorCode.OptionMissing, ("option", option),
            ("reason", "symbols of one version say nothing without those of the other"));

    static CodeSymbol[] ReadSymbols(string path)
        =>
        [
            .. ElfSymbols.Read(ElfFile.Parse(InputFile.ReadBytes(path, ElfBytesMax), path))
                .Select(symbol => new CodeSymbol(symbol.Name, symbol.Address, symbol.Bytes)),
        ];
}
