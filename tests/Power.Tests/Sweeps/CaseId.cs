using Twinbank.Power.Tests.Worlds;
using Twinbank.Simulation.Power;

namespace Twinbank.Power.Tests.Sweeps;

/// <summary>
/// The text that re-runs one case: geometry/sizes/blocks/conduct/transport/variant#cut+cut. Give it in the environment
/// variable TWINBANK_POWER_CASE.
/// </summary>
internal static class CaseId
{
    public const string Variable = "TWINBANK_POWER_CASE";

    const string Form = "geometry/sizes/blocks/conduct/transport/variant#cut+cut";

    public static string Write(SweepWorld world, string variant, IReadOnlyList<PowerCut> cuts)
        => $"{world.Name}/{variant}#{string.Join('+', cuts)}";

    /// <summary>Reads an id.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static (SweepWorld World, string Variant, IReadOnlyList<PowerCut> Cuts) Read(string id)
    {
        string[] halves = id.Split('#');
        string[] parts = halves[0].Split('/');
        SweepGeometry? geometry = SweepGeometry.All.FirstOrDefault(each => each.Name == parts[0]);
        if (halves.Length != 2 || parts.Length != 6 || geometry is null || !int.TryParse(parts[2], out int blocks)
            || !Enum.TryParse(parts[1], out SizeClass sizes) || !Enum.TryParse(parts[3], out Conduct conduct))
        {
            throw new FormatException($"'{id}' is no case id: {Form}.");
        }

        var world = new SweepWorld(geometry, sizes, blocks, conduct, parts[4] == "delta");
        var cuts = new List<PowerCut>();
        foreach (string text in halves[1].Split('+', StringSplitOptions.RemoveEmptyEntries))
        {
            cuts.Add(
                PowerCut.TryParse(text, out PowerCut cut) ? cut : throw new FormatException($"'{text}' is no cut."));
        }

        return (world, parts[5], cuts);
    }
}
