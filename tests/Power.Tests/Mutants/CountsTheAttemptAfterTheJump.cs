using Twinbank.Power.Tests.Checks;
using Twinbank.Simulation.Boards;

namespace Twinbank.Power.Tests.Mutants;

/// <summary>Writes a trial's attempt after the jump instead of before it.</summary>
internal sealed class CountsTheAttemptAfterTheJump() : HoldsRecordsBack(JournalView.EventAttempt)
{
    public override string Name => "counts-the-attempt-after-the-jump";

    // The watch looks at the jump before this is called.
    public override void AfterLaunch(ApplicationContext context) => WriteHeldRecord();
}
