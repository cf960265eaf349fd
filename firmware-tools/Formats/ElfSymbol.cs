namespace Twinbank.Formats;

/// <summary>A function or an object of an ELF file.</summary>
/// <param name="Name">As the linker knows it; local names may repeat.</param>
/// <param name="Address">Where it is, without the Thumb bit.</param>
/// <param name="Bytes">Its size; 0 when the file does not say.</param>
public readonly record struct ElfSymbol(string Name, uint Address, uint Bytes);
