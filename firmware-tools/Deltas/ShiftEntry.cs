namespace Twinbank.Deltas;

/// <summary>From an address of the base on, things moved by a shift.</summary>
readonly record struct ShiftEntry(uint Start, uint Shift);
