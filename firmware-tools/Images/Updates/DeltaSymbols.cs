using Twinbank.Deltas;

namespace Twinbank.Images.Updates;

/// <summary>Symbols of a base and of its target, which help to see what went where.</summary>
/// <param name="Base">Of the image that the device has.</param>
/// <param name="Target">Of the image that it is to get.</param>
public sealed record DeltaSymbols(IReadOnlyList<CodeSymbol> Base, IReadOnlyList<CodeSymbol> Target);
