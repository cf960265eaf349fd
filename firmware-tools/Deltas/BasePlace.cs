namespace Twinbank.Deltas;

/// <summary>A place in the base payload and how many bytes agree there.</summary>
readonly record struct BasePlace(int Offset, int Bytes);
