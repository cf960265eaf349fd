namespace Twinbank.Layout.Scripts;

/// <summary>One output section in the text of a linker script, as offsets in the text.</summary>
/// <param name="Name">For example <c>.text</c>.</param>
/// <param name="Start">The first character of its name.</param>
/// <param name="BodyStart">Behind its opening brace.</param>
/// <param name="BodyEnd">At its closing brace.</param>
/// <param name="End">Behind its memory regions, program headers and fill.</param>
sealed record ScriptSection(string Name, int Start, int BodyStart, int BodyEnd, int End);
