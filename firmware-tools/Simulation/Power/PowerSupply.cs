namespace Twinbank.Simulation.Power;

/// <summary>
/// The power of one simulated board. All flash parts of the board share it, so that a cut can be placed at the n-th
/// flash operation of the whole board, whichever part that operation goes to. Not safe for several threads.
/// </summary>
public sealed class PowerSupply
{
    PowerCut _plan;
    bool _isPlanned;
    int _operationsUntilCut;

    /// <summary>False from a cut until <see cref="TurnOn"/>. A new supply is on.</summary>
    public bool IsOn { get; private set; } = true;

    /// <summary>Program and erase operations since the supply was made, the one that was cut included.</summary>
    public int OperationCount { get; private set; }

    /// <summary>Losses of power so far.</summary>
    public int CutCount { get; private set; }

    /// <summary>Plans one cut and forgets an earlier plan. Operations count from 0 at this call.</summary>
    public void PlanCut(PowerCut cut)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cut.Operation);
        _plan = cut;
        _isPlanned = true;
        _operationsUntilCut = cut.Operation;
    }

    /// <summary>No cut happens any more. True when one was still planned, so it was never reached.</summary>
    public bool CancelCut()
    {
        bool wasPlanned = _isPlanned;
        _isPlanned = false;
        return wasPlanned;
    }

    /// <summary>Takes the power away at once, outside any flash operation.</summary>
    /// <exception cref="PowerCutException">Always.</exception>
    public void CutNow()
    {
        Lose();
        throw new PowerCutException("The power was cut between flash operations.");
    }

    /// <summary>Gives power again.</summary>
    public void TurnOn() => IsOn = true;

    internal void ThrowIfOff()
    {
        if (!IsOn)
        {
            throw new PowerCutException();
        }
    }

    /// <summary>
    /// Counts one operation. True when the cut hits this one; the caller then applies it and calls Lose.
    /// </summary>
    internal bool TakesHit(out PowerCut cut)
    {
        cut = _plan;
        OperationCount++;
        if (!_isPlanned || _operationsUntilCut-- > 0)
        {
            return false;
        }

        _isPlanned = false;
        return true;
    }

    internal void Lose()
    {
        IsOn = false;
        CutCount++;
    }
}
