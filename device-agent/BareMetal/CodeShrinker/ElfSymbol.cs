namespace Twinbank.BareMetal.CodeShrinker;

/// <summary>A name for a place in a section, or for one in another object file.</summary>
/// <param name="Name">As the linker sees it.</param>
/// <param name="Section">Null when another object file defines it.</param>
/// <param name="Offset">In the section, without the Thumb bit.</param>
/// <param name="SizeBytes">0 when not stated.</param>
/// <param name="IsFunction">Thumb code: its address has bit 0 set.</param>
/// <param name="IsGlobal">Other object files may refer to it.</param>
public sealed record ElfSymbol(
    string Name, ElfSection? Section, int Offset, int SizeBytes, bool IsFunction, bool IsGlobal);
