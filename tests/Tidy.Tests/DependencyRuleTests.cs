namespace Twinbank.Tidy.Tests;

/// <summary>The dependency rule of ARCHITECTURE.md, compared with what the project files really say.</summary>
[TestClass]
public sealed class DependencyRuleTests
{
    static readonly string[] s_componentFolders = ["device-agent", "firmware-tools"];

    /// <summary>Other compilers build these from source files; a project reference would bring .NET in.</summary>
    static readonly string[] s_foreignFolders = ["device-agent/BareMetal", "device-agent/Samples", "nanoframework"];

    static readonly string[] s_portableFolders =
        ["device-agent/Core", "device-agent/Crypto", "device-agent/Agent", "device-agent/Boot", .. s_foreignFolders];

    static IEnumerable<ProjectFile> Components
        => ProjectFile.All.Where(project => Repository.IsUnder(project.Path, s_componentFolders)
            && !Repository.IsUnder(project.Path, s_foreignFolders));

    [TestMethod]
    public void Every_component_stands_in_the_table_and_the_other_way_round()
    {
        string[] stated = [.. ArchitectureTable.Read().Select(row => row.ProjectPath)];
        string[] found = [.. Components.Select(project => project.Path)];
        Finding.AssertNone(
        [
            .. found.Except(stated).Select(path => new Finding(path, 0,
                $"is not in the component table; add its row to {ArchitectureTable.Path}")),
            .. stated.Except(found).Select(path => new Finding(ArchitectureTable.Path, 0,
                $"the component table names {path}, which does not exist; take the row out")),
        ]);
    }

    [TestMethod]
    public void Components_know_exactly_what_the_table_says()
    {
        var rows = ArchitectureTable.Read().ToDictionary(row => row.ProjectPath);
        Finding.AssertNone(Components
            .Where(project => rows.ContainsKey(project.Path))
            .SelectMany(project => Compare(project, rows[project.Path])));
    }

    static IEnumerable<Finding> Compare(ProjectFile project, ArchitectureTable.Row row)
    {
        string[] references = [.. project.ProjectReferences.Select(path => Path.GetFileNameWithoutExtension(path))];
        foreach (string extra in references.Except(row.Knows))
        {
            yield return new(project.Path, 0,
                $"refers to {extra}, which its row in {ArchitectureTable.Path} does not allow; "
                + "move the code to where it belongs");
        }

        foreach (string idle in row.Knows.Except(references))
        {
            yield return new(project.Path, 0,
                $"does not refer to {idle}; take it out of its row in {ArchitectureTable.Path}");
        }

        foreach (string extra in project.PackageReferences.Except(row.Packages))
        {
            yield return new(project.Path, 0,
                $"uses the package {extra}, which its row in {ArchitectureTable.Path} does not allow; "
                + "a new package needs a reason in docs/dependencies.md first");
        }

        foreach (string idle in row.Packages.Except(project.PackageReferences))
        {
            yield return new(project.Path, 0,
                $"does not use {idle}; take it out of its row in {ArchitectureTable.Path}");
        }
    }

    /// <summary>Holds even if somebody edits the table.</summary>
    [TestMethod]
    public void The_core_knows_nothing_and_devices_know_no_host_code()
        => Finding.AssertNone(ArchitectureTable.Read().SelectMany(HardRules));

    static IEnumerable<Finding> HardRules(ArchitectureTable.Row row)
    {
        if (row.Name == "Core" && row.Knows.Length + row.Packages.Length > 0)
        {
            yield return new(ArchitectureTable.Path, 0, "Core knows nothing and uses no package; empty its row");
        }

        bool runsOnDevices = Repository.IsUnder(row.Folder, "device-agent");
        if (runsOnDevices && (row.Knows.Any(name => Directory.Exists(HostFolder(name))) || row.Packages.Length > 0))
        {
            yield return new(ArchitectureTable.Path, 0, $"{row.Name} runs on devices: no host code, no package");
        }

        bool isSimulator = row.Name == "Simulation";
        if (row.Knows.Contains("Cli") || (row.Knows.Contains("Boot") && !isSimulator))
        {
            yield return new(ArchitectureTable.Path, 0, $"{row.Name} may not know Cli or Boot, which are leaves");
        }
    }

    static string HostFolder(string component) => Repository.FullPath($"firmware-tools/{component}");

    [TestMethod]
    public void Programs_for_other_compilers_build_from_device_sources_only()
        => Finding.AssertNone(ProjectFile.All
            .Where(project => Repository.IsUnder(project.Path, s_foreignFolders))
            .SelectMany(ForeignFindings));

    static IEnumerable<Finding> ForeignFindings(ProjectFile project)
    {
        foreach (string reference in project.ProjectReferences.Concat(project.PackageReferences)
            .Where(reference => !Repository.IsUnder(reference, s_foreignFolders)))
        {
            yield return new(project.Path, 0, $"refers to {reference}; compile the source files by glob instead");
        }

        foreach (string glob in project.CompileGlobs)
        {
            if (!glob.Contains('$', StringComparison.Ordinal) && !Repository.IsUnder(glob, s_portableFolders))
            {
                yield return new(project.Path, 0, $"compiles {glob}; only device sources may go onto a device");
            }
        }
    }

    [TestMethod]
    public void Every_component_has_its_test_project()
        => Finding.AssertNone(ArchitectureTable.Read()
            .Where(row => !Repository.Exists($"tests/{row.Name}.Tests/{row.Name}.Tests.csproj"))
            .Select(row => new Finding(row.Folder, 0, $"has no tests; add tests/{row.Name}.Tests")));

    [TestMethod]
    public void The_solution_builds_every_project()
    {
        string solution = Repository.Read("Firmware.sln");
        Finding.AssertNone(ProjectFile.All
            .Where(project => !solution.Contains(project.Path.Replace('/', '\\'), StringComparison.Ordinal))
            .Select(project => new Finding(project.Path, 0,
                $"is not in Firmware.sln; run `dotnet sln add {project.Path}`")));
    }
}
