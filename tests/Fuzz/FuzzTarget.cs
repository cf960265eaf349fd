namespace Twinbank.Fuzz;

/// <summary>
/// One parser under fire: valid inputs to start from, and a call that may refuse its input but must not do worse.
/// </summary>
internal abstract class FuzzTarget
{
    /// <summary>Stands in case ids.</summary>
    public string Name => GetType().Name;

    /// <summary>
    /// Bytes that one input may make the parser allocate (invariant I7), beside 64 times its own size.
    /// </summary>
    public virtual long AllocatedBytesMax => 8 * 1024 * 1024;

    /// <summary>Valid inputs; mutations of them reach further than noise.</summary>
    public abstract IReadOnlyList<byte[]> Seeds();

    /// <summary>
    /// Makes checksums and signatures of a mutated input right again, as an attacker would, so that what is behind
    /// them is reached. Called for half of the inputs.
    /// </summary>
    public virtual void Repair(byte[] input, Random random)
    {
    }

    /// <summary>
    /// Gives the input to the parser. Refusals that the parser promises are caught here; every other exception, a
    /// failed assertion, a loop or an allocation without bound is a defect.
    /// </summary>
    public abstract void Run(byte[] input);
}
