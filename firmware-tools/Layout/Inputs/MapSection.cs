namespace Twinbank.Layout.Inputs;

/// <summary>One input section as the linker's map lists it.</summary>
/// <param name="OutputSection">The output section that it went to, for example <c>.text</c>.</param>
/// <param name="Name">Its own name, for example <c>.text.main</c>, or <c>COMMON</c>.</param>
/// <param name="Address">Where it runs.</param>
/// <param name="SizeBytes">Its size after the linker merged strings.</param>
/// <param name="File">The object or archive, as the linker was given it.</param>
/// <param name="Member">The member of the archive; empty for an object.</param>
public readonly record struct MapSection(
    string OutputSection, string Name, uint Address, uint SizeBytes, string File, string Member);
