namespace Twinbank.Deltas;

/// <summary>A stretch of the target that is, but for details, a stretch of the base.</summary>
readonly record struct CodeStretch(int TargetOffset, int BaseOffset, int Bytes);
