using System.Diagnostics;
using System.Globalization;
using Twinbank.Boards;
using Twinbank.Layout.Inputs;
using Twinbank.Layout.Planning;
using Twinbank.Layout.Records;
using Twinbank.Layout.Scripts;

namespace Twinbank.Testing;

/// <summary>
/// The C sample through releases of the kind that a product has, each linked twice: with the sample's own script, and
/// in the places of the release before.
/// </summary>
/// <param name="boardId">The board to compile for.</param>
/// <param name="folder">Where sources, objects and ELF files go.</param>
internal sealed class SampleChain(string boardId, string folder)
{
    const int TimeoutMilliseconds = 120_000;

    LayoutRecord? _previous;
    int _count;

    /// <summary>True: the first release is known by its ordinary ELF file and map only.</summary>
    internal bool AdoptsFirst { get; init; }

    internal static bool IsCompilerThere
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Any(path => File.Exists(Path.Combine(path, "arm-none-eabi-gcc")));

    internal static IReadOnlyList<SampleEdit> Edits => SampleEdits.All;

    /// <summary>Builds all releases, or those of the given numbers, one after the other.</summary>
    internal IEnumerable<SampleLink> Build(params int[] numbers)
    {
        Directory.CreateDirectory(folder);
        CopySources();
        int[] wanted = numbers.Length > 0 ? numbers : [.. Enumerable.Range(0, Edits.Count)];
        for (int number = 0; number <= wanted.Max(); number++)
        {
            Apply(Edits[number]);
            if (wanted.Contains(number))
            {
                yield return Link(Edits[number]);
            }
        }
    }

    string Sources => Path.Combine(folder, "sources");

    void CopySources()
    {
        Directory.CreateDirectory(Sources);
        foreach (string part in new[] { "HelloNewlib", "include" })
        {
            foreach (string file in Directory.EnumerateFiles(RepositoryRoot.Combine($"device-agent/Samples/{part}")))
            {
                File.Copy(file, Path.Combine(Sources, Path.GetFileName(file)), overwrite: true);
            }
        }
    }

    void Apply(SampleEdit edit)
    {
        foreach ((string file, string find, string replace) in edit.Replacements)
        {
            string path = Path.Combine(Sources, file);
            string text = File.ReadAllText(path);
            if (!text.Contains(find, StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"The edit '{edit.What}' does not find its place in {file}.");
            }

            File.WriteAllText(path, text.Replace(find, replace, StringComparison.Ordinal));
        }
    }

    SampleLink Link(SampleEdit edit)
    {
        string version = string.Create(CultureInfo.InvariantCulture, $"2.{_count++}.0");
        string build = Path.Combine(folder, version);
        Directory.CreateDirectory(build);
        string[] cpu = boardId == "qemu-virt"
            ? ["-mcpu=cortex-a15", "-mthumb", "-mfloat-abi=hard"]
            : ["-mcpu=cortex-m3", "-mthumb", "-mfloat-abi=soft"];
        string[] sources = [.. Directory.EnumerateFiles(Sources, "*.c").Order(StringComparer.Ordinal)];
        Run(build,
        [
            .. cpu, "-c", "-Os", "-std=c11", "-ffunction-sections", "-fdata-sections", $"-I{Sources}",
            $"-DHELLO_VERSION=\"{version}\"", $"-DHELLO_MINOR={(edit.HasTrend ? 1 : 0)}",
            "-DHELLO_BEHAVIOUR=BEHAVIOUR_GOOD", .. sources,
        ]);
        string[] objects = [.. sources.Select(source => Path.ChangeExtension(Path.GetFileName(source), ".o"))];
        string script = Path.Combine(Sources, $"{boardId}.ld");
        LinkOnce(build, cpu, objects, script, "normal");
        LinkInputs link = Read(build, "normal", hasObjects: true);
        LayoutPlan plan = LayoutPlanner.Plan(link, Geometry(), _previous);
        File.WriteAllText(Path.Combine(build, "stable.ld"), StableScript.Write(plan, File.ReadAllText(script), script));
        string record = Path.Combine(build, "layout.json");
        File.WriteAllBytes(record, LayoutRecordFile.Write(plan.ToRecord()));
        _previous = LayoutRecordFile.Parse(File.ReadAllBytes(record), record);
        LinkOnce(build, cpu, objects, "stable.ld", "stable");
        LayoutRecord written = _previous;
        if (AdoptsFirst && _count == 1)
        {
            _previous = LayoutAdoption.Adopt(Read(build, "normal", hasObjects: false), Geometry());
        }

        return new SampleLink(
            version, edit.What, Path.Combine(build, "normal.elf"), Path.Combine(build, "stable.elf"), plan, written,
            Read(build, "stable", hasObjects: false));
    }

    static void LinkOnce(string build, string[] cpu, string[] objects, string script, string name)
        => Run(build,
        [
            .. cpu, .. objects, "-nostartfiles", "-T", script, "-lm", "-o", $"{name}.elf",
            $"-Wl,--gc-sections,--strip-debug,--build-id=none,-z,max-page-size=4096,-Map={name}.map",
        ]);

    static LinkInputs Read(string build, string name, bool hasObjects)
    {
        string elf = Path.Combine(build, $"{name}.elf");
        string map = Path.Combine(build, $"{name}.map");
        InputFiles files = new(file => File.Exists(Path.Combine(build, file))
            ? File.ReadAllBytes(Path.Combine(build, file))
            : null);
        return LinkReader.Read(
            ElfObject.Parse(File.ReadAllBytes(elf), elf), LinkMap.Parse(File.ReadAllText(map), map),
            hasObjects ? files : null);
    }

    /// <summary>As `fw layout plan --board` has it.</summary>
    LayoutGeometry Geometry()
    {
        Board board = BoardCatalog.FromFolder(RepositoryRoot.Combine("boards")).Find(boardId);
        uint window = board.Slots.DataBytes;
        uint blocks = (board.Slots.SlotBytes - board.Slots.HeaderBytes) / board.Slots.BlockBytes;
        return new LayoutGeometry(
            board.Id, board.VirtualBase, Math.Min(board.VirtualBytes, blocks * window), window,
            board.Slots.BufferBytes);
    }

    static void Run(string build, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("arm-none-eabi-gcc", arguments)
        {
            WorkingDirectory = build, RedirectStandardError = true, RedirectStandardOutput = true,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = process.StandardError.ReadToEnd();
        if (!process.WaitForExit(TimeoutMilliseconds))
        {
            process.Kill();
        }

        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"arm-none-eabi-gcc in {build}: {errors}{output.Result}");
        }
    }
}
