namespace Twinbank.Deltas;

/// <summary>A named place of an image, from its ELF file.</summary>
/// <param name="Name">As the linker knows it; names need not be unique.</param>
/// <param name="Address">Where it is, without a Thumb bit.</param>
/// <param name="Bytes">Its size, 0 when unknown.</param>
public readonly record struct CodeSymbol(string Name, uint Address, uint Bytes);
