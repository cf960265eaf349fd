using System.Diagnostics;

namespace Twinbank.Fuzz;

/// <summary>
/// Runs one target for a while. Case number n is the same input in every run, so a failure is repeated by its id.
/// </summary>
internal sealed class FuzzCampaign
{
    /// <summary>
    /// An input that keeps a parser busy this long has found a loop. Generous: test machines are busy.
    /// </summary>
    static readonly TimeSpan s_inputTimeMax = TimeSpan.FromSeconds(60);

    readonly FuzzTarget _target;
    readonly IReadOnlyList<byte[]> _seeds;

    public FuzzCampaign(FuzzTarget target)
    {
        _target = target;
        _seeds = target.Seeds();
    }

    /// <summary>Inputs tried so far.</summary>
    public int CaseCount { get; private set; }

    /// <summary>
    /// Tries the seeds as they are, then mutations until the time is over. Gives the first defect, or null.
    /// </summary>
    public FuzzDefect? Run(TimeSpan time)
    {
        foreach (byte[] seed in _seeds)
        {
            if (TryInput(seed, "seed") is { } defect)
            {
                return defect;
            }
        }

        for (var clock = Stopwatch.StartNew(); clock.Elapsed < time; CaseCount++)
        {
            if (RunCase(CaseCount) is { } defect)
            {
                return defect;
            }
        }

        return null;
    }

    /// <summary>Repeats one case.</summary>
    public FuzzDefect? RunCase(int number)
    {
        var random = new Random(SeedOf(number));
        byte[] input = Mutator.Mutate(random, _seeds);
        if (random.Next(2) == 0)
        {
            _target.Repair(input, random);
        }

        return TryInput(input, $"{_target.Name}:{number}");
    }

    FuzzDefect? TryInput(byte[] input, string id)
    {
        string? complaint = null;
        var thread = new Thread(() => complaint = Complaint([.. input])) { IsBackground = true };
        thread.Start();
        if (!thread.Join(s_inputTimeMax))
        {
            complaint = $"did not end within {s_inputTimeMax.TotalSeconds} s";
        }

        return complaint is null ? null : new FuzzDefect(id, input, complaint);
    }

    string? Complaint(byte[] input)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            _target.Run(input);
        }
        catch (Exception exception)
        {
            return exception.ToString();
        }

        long allocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;
        long allocatedBytesMax = _target.AllocatedBytesMax + (64L * input.Length);
        return allocatedBytes <= allocatedBytesMax
            ? null
            : $"allocated {allocatedBytes} bytes for an input of {input.Length}; the bound is {allocatedBytesMax}";
    }

    /// <summary>Not string.GetHashCode, which differs from run to run.</summary>
    int SeedOf(int number) => _target.Name.Aggregate(number, (hash, character) => unchecked((hash * 31) + character));
}
