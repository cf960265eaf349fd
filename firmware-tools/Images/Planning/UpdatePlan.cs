namespace Twinbank.Images.Planning;

/// <summary>All strategies for one update, and the one that is best.</summary>
/// <param name="Rows">One per strategy, in the order of <see cref="UpdateStrategy"/>.</param>
/// <param name="Choice">The row that was chosen; it is applicable.</param>
/// <param name="Reason">Why, as a sentence.</param>
public sealed record UpdatePlan(IReadOnlyList<StrategyEstimate> Rows, StrategyEstimate Choice, string Reason)
{
    public StrategyEstimate Row(UpdateStrategy strategy) => Rows.Single(row => row.Strategy == strategy);
}
