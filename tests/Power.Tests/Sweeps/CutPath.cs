using Twinbank.Simulation.Power;

namespace Twinbank.Power.Tests.Sweeps;

/// <summary>The cuts that led to a state, as a list from the last back to the first.</summary>
internal sealed record CutPath(CutPath? Before, PowerCut Cut)
{
    /// <summary>From the first to the last.</summary>
    public static IReadOnlyList<PowerCut> ToList(CutPath? path)
    {
        var cuts = new List<PowerCut>();
        for (CutPath? each = path; each is not null; each = each.Before)
        {
            cuts.Insert(0, each.Cut);
        }

        return cuts;
    }
}
