namespace Twinbank.BareMetal.CodeShrinker;

/// <summary>A comparison with zero and a branch forward become one instruction, where it reaches.</summary>
static class BranchShortening
{
    const int Equal = 0;
    const int NotEqual = 1;

    // Behind the instruction and the one that follows it.
    const int ReachBytesMax = 126;

    internal static void Run(MachineFunction function)
    {
        for (int i = 0; i + 1 < function.Body.Count; i++)
        {
            Instruction compare = function.Body[i];
            Instruction branch = function.Body[i + 1];
            if (compare.IsNarrow(0xF8FF, 0x2800) && !branch.IsTarget
                && branch is { Kind: InstructionKind.ConditionalBranch, Condition: Equal or NotEqual }
                && Reaches(function, i + 1) && AreFlagsDead(function, i + 1))
            {
                branch.Kind = InstructionKind.ZeroBranch;
                branch.Register = compare.First >> 8 & 7;
                branch.Reads = 1 << branch.Register;
                compare.Remove();
            }
        }

        function.Compact();
    }

    static bool AreFlagsDead(MachineFunction function, int branch)
        => Liveness.IsDead(function, branch + 1, Registers.Flags)
            && Liveness.IsDead(function, Target(function, branch), Registers.Flags);

    static bool Reaches(MachineFunction function, int branch)
    {
        int target = Target(function, branch);
        if (target <= branch + 1)
        {
            return false;
        }

        int bytes = function.Body.GetRange(branch + 1, target - branch - 1).Sum(between => between.BytesMax);
        return bytes is >= 2 and <= ReachBytesMax;
    }

    static int Target(MachineFunction function, int branch)
        => function.Body.FindIndex(target => target.Labels.Contains(function.Body[branch].Target));
}
