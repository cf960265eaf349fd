namespace Twinbank.Simulation;

/// <summary>
/// SplitMix64: the same numbers for the same seed on every machine and every .NET version, so that a printed case id
/// re-runs exactly that case years later. <see cref="Random"/> promises this only within one version.
/// </summary>
public sealed class SeededRandom(ulong seed)
{
    ulong _state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A number from 0 up to and without <paramref name="limit"/>, which is at least 1.</summary>
    public int Below(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return (int)(Next() % (uint)limit);
    }

    /// <summary>True in <paramref name="perMille"/> of 1000 calls.</summary>
    public bool Chance(int perMille) => perMille > 0 && Below(1000) < perMille;

    /// <summary>A byte with every bit random.</summary>
    public byte NextByte() => (byte)Next();

    /// <summary>Fills the whole span with random bytes.</summary>
    public void Fill(Span<byte> bytes)
    {
        for (int index = 0; index < bytes.Length; index++)
        {
            bytes[index] = NextByte();
        }
    }
}
