namespace Twinbank.Deltas;

/// <summary>An image as an encoder sees it: bytes at an address, and what its ELF file says about them.</summary>
/// <param name="Payload">Data areas laid end to end in block order.</param>
/// <param name="Address">Address of the first byte.</param>
/// <param name="Symbols">Symbols, in any order; empty when only the binary is known.</param>
public sealed record CodeImage(byte[] Payload, uint Address, IReadOnlyList<CodeSymbol> Symbols);
