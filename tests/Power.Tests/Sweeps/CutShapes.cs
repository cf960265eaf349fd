using Twinbank.Simulation.Flash;
using Twinbank.Simulation.Power;

namespace Twinbank.Power.Tests.Sweeps;

/// <summary>Every way to cut one operation that differs from every other way.</summary>
internal static class CutShapes
{
    static readonly CutShape[] s_tornPrograms = [CutShape.Prefix, CutShape.RandomBits, CutShape.Hole];
    static readonly CutShape[] s_tornErases = [CutShape.Prefix, CutShape.RandomBits, CutShape.Hole, CutShape.Noise];

    /// <summary>The cuts to try at an operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="geometry">The part.</param>
    /// <param name="index">Index of the operation.</param>
    /// <param name="seeds">How many seeds of each torn shape.</param>
    public static IEnumerable<PowerCut> Of(FlashOperation operation, NorGeometry geometry, int index, int seeds)
    {
        // A cut after this operation is the cut before the next one; only after the last one would it be new.
        yield return new PowerCut(index, CutShape.Before);
        bool isErase = operation.Kind == FlashOperationKind.Erase;
        bool isSingleUnit = !isErase && operation.Count == geometry.ProgramUnitBytes;
        foreach (CutShape shape in isErase ? s_tornErases : s_tornPrograms)
        {
            // A hole in a single unit is no operation at all.
            for (int seed = 0; seed < seeds && !(isSingleUnit && shape == CutShape.Hole); seed++)
            {
                yield return new PowerCut(index, shape, SeedOf(index, shape, seed));
            }
        }

        if (geometry.UnitsAreWriteOnce)
        {
            yield return new PowerCut(index, CutShape.Unreadable, SeedOf(index, CutShape.Unreadable, 0));
        }
    }

    static uint SeedOf(int index, CutShape shape, int seed) => (uint)((index * 1000) + ((int)shape * 100) + seed);
}
