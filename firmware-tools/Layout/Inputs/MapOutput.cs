namespace Twinbank.Layout.Inputs;

/// <summary>One output section as the linker's map lists it.</summary>
/// <param name="Name">For example <c>.text</c>.</param>
/// <param name="Address">Where it runs.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="LoadAddress">Where its bytes are stored; the same as the address unless the map says otherwise.</param>
public readonly record struct MapOutput(string Name, uint Address, uint SizeBytes, uint LoadAddress);
