namespace Twinbank.Layout.Inputs;

/// <summary>An output section that has memory: from the map its places, from the ELF file what it may hold.</summary>
public sealed record LinkOutput(
    string Name, uint Address, uint SizeBytes, uint LoadAddress, bool IsWritable, bool IsExecutable, bool HasBytes);
