namespace Twinbank.Tidy.Tests;

/// <summary>The component table of ARCHITECTURE.md: the law that the project files are compared with.</summary>
internal static class ArchitectureTable
{
    public const string Path = "ARCHITECTURE.md";

    const string Header = "| component | does | knows | packages |";

    /// <summary>One component: its folder, and by name the components and packages it may use.</summary>
    internal sealed record Row(string Folder, string[] Knows, string[] Packages)
    {
        public string Name => Folder[(Folder.LastIndexOf('/') + 1)..];

        public string ProjectPath => $"{Folder}/{Name}.csproj";
    }

    public static IReadOnlyList<Row> Read()
    {
        string[] lines = Repository.ReadLines(Path);
        int header = Array.IndexOf(lines, Header);
        Assert.AreNotEqual(-1, header, $"{Path} must hold a table that starts with '{Header}'; put it back.");
        return [.. lines.Skip(header + 2).TakeWhile(line => line.StartsWith('|')).Select(ReadRow)];
    }

    static Row ReadRow(string line)
    {
        string[] cells = [.. line.Trim('|').Split('|').Select(cell => cell.Trim())];
        Assert.HasCount(4, cells, $"{Path}: a row of the component table needs 4 cells: {line}");
        return new Row(cells[0], List(cells[2]), List(cells[3]));
    }

    static string[] List(string cell)
        => cell.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
