using Twinbank.Power.Tests.Checks;

namespace Twinbank.Power.Tests.Mutants;

/// <summary>Erases the previous image while the journal still offers it as the way back.</summary>
internal sealed class GivesUpThePreviousTooLate() : HoldsRecordsBack(JournalView.EventInstallStarted)
{
    public override string Name => "gives-up-the-previous-too-late";
}
