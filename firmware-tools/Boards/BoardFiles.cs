namespace Twinbank.Boards;

/// <summary>Where chip and board files come from: a folder, or the assembly.</summary>
abstract class BoardFiles
{
    internal const string Chips = "chips";
    internal const string Boards = "boards";

    /// <summary>What users see: the folder's path, or "built in".</summary>
    internal abstract string Source { get; }

    /// <summary>Ids (file names without .json) of a kind, "chips" or "boards", in ordinal order.</summary>
    internal abstract IReadOnlyList<string> Ids(string kind);

    /// <summary>The name of one file for messages.</summary>
    internal abstract string PathOf(string kind, string id);

    /// <summary>Its bytes; null when there is no such file.</summary>
    internal abstract byte[]? Read(string kind, string id);
}
