namespace Twinbank.Samples.HelloManaged;

/// <summary>Proof that this program computes: the primes below 1,000 and their sum are known.</summary>
sealed class Health
{
    const int Limit = 1000;
    const int PrimeCount = 168;
    const int PrimeSum = 76127;

    readonly bool[] _isComposite = new bool[Limit];

    internal bool Check()
    {
        System.Array.Clear(_isComposite);
        int count = 0;
        int sum = 0;
        for (int candidate = 2; candidate < Limit; candidate++)
        {
            if (_isComposite[candidate])
            {
                continue;
            }

            count++;
            sum += candidate;
            for (int multiple = candidate * candidate; multiple < Limit; multiple += candidate)
            {
                _isComposite[multiple] = true;
            }
        }

        return Release.Behaves != Behaviour.NeverConfirm && count == PrimeCount && sum == PrimeSum;
    }
}
