using Twinbank.Layout.Inputs;
using Twinbank.Layout.Planning;
using Twinbank.Layout.Records;

namespace Twinbank.Testing;

/// <summary>One release of the chain, linked in both ways from the same objects.</summary>
/// <param name="Version">MAJOR.MINOR.PATCH.</param>
/// <param name="What">What was edited.</param>
/// <param name="NormalElf">Linked with the sample's own script.</param>
/// <param name="StableElf">Linked in the places of the release before.</param>
/// <param name="Plan">The layout.</param>
/// <param name="Record">Its record, read back from its file.</param>
/// <param name="Finished">The stable link as its map has it.</param>
internal sealed record SampleLink(
    string Version, string What, string NormalElf, string StableElf, LayoutPlan Plan, LayoutRecord Record,
    LinkInputs Finished);
