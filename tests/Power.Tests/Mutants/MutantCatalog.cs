using Twinbank.Power.Tests.Stories;
using Twinbank.Power.Tests.Worlds;

namespace Twinbank.Power.Tests.Mutants;

/// <summary>All known-bad variants, by name.</summary>
internal static class MutantCatalog
{
    /// <summary>The variant of that name; "real" is the code as it is.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static StoryVariant Create(string name, SweepWorld world)
        => All(world).FirstOrDefault(variant => variant.Name == name)
            ?? throw new FormatException($"There is no variant '{name}'.");

    static IEnumerable<StoryVariant> All(SweepWorld world) =>
    [
        new StoryVariant(),
        new ErasesBothHalves(),
        new ReusesTornPlaces(),
        new LetsTheJournalFillUp(),
        new CountsTheAttemptAfterTheJump(),
        new GivesUpThePreviousTooLate(),
        new SkipsErasesThatLookDone(),
        new ErasesTheNextSectorToo(),
        new ErasesTheConfirmedSlot(),
        new StartsOverAfterACut(),
        new WritesIntoGolden(),
        new VerifiesOnlyTheStart(world),
    ];
}
