using System.Numerics;

namespace Twinbank.Crypto.Tests;

/// <summary>The four fields against BigInteger, on the numbers at which carries and borrows go wrong.</summary>
[TestClass]
public sealed class FieldTests
{
    static readonly (string Name, PrimeField Field, BigInteger Prime)[] s_fields =
    [
        ("p of edwards25519", new Field25519(), Numbers.Prime25519),
        ("p of P-256", new FieldP256(), Numbers.PrimeP256),
        ("order of edwards25519", OrderField.OfEdwards25519(), Numbers.Order25519),
        ("order of P-256", OrderField.OfP256(), Numbers.OrderP256),
    ];

    [TestMethod]
    public void Primes_are_those_of_the_standards()
    {
        foreach ((string name, PrimeField field, BigInteger prime) in s_fields)
        {
            Assert.AreEqual(prime, Numbers.FromWords(field.Prime), name);
        }
    }

    [TestMethod]
    [DataRow(0, 20_000)]
    [DataRow(1, 20_000)]
    [DataRow(2, 2_000)]
    [DataRow(3, 2_000)]
    public void Reduces_any_512_bits(int fieldIndex, int rounds)
    {
        (string name, PrimeField field, BigInteger prime) = s_fields[fieldIndex];
        Random random = new(512 + fieldIndex);
        uint[] result = new uint[8];
        for (int i = 0; i < rounds; i++)
        {
            uint[] wide = Numbers.NextExtreme(random, 16);
            field.Reduce(result, wide);
            Assert.AreEqual(Numbers.FromWords(wide) % prime, Numbers.FromWords(result), $"{name}, round {i}");
        }
    }

    [TestMethod]
    public void Reduces_multiples_of_the_prime_and_their_neighbours()
    {
        BigInteger end = BigInteger.Pow(2, 512);
        Random random = new(513);
        uint[] result = new uint[8];
        foreach ((string name, PrimeField field, BigInteger prime) in s_fields)
        {
            for (int i = 0; i < 500; i++)
            {
                BigInteger factor = i < 20 ? i : Numbers.FromWords(Numbers.NextExtreme(random, 8));
                for (int delta = -2; delta <= 2; delta++)
                {
                    BigInteger number = (factor * prime) + delta;
                    if (number >= 0 && number < end)
                    {
                        field.Reduce(result, Numbers.ToWords(number, 16));
                        Assert.AreEqual(number % prime, Numbers.FromWords(result), $"{name}, {factor} p + {delta}");
                    }
                }
            }
        }
    }

    [TestMethod]
    [DataRow(0, 5_000)]
    [DataRow(1, 5_000)]
    [DataRow(2, 500)]
    [DataRow(3, 500)]
    public void Adds_subtracts_multiplies_and_halves_as_BigInteger_does(int fieldIndex, int rounds)
    {
        (string name, PrimeField field, BigInteger prime) = s_fields[fieldIndex];
        Random random = new(100 + fieldIndex);
        uint[] result = new uint[8];
        for (int i = 0; i < rounds; i++)
        {
            BigInteger left = NextBelow(random, prime);
            BigInteger right = NextBelow(random, prime);
            uint[] leftWords = Numbers.ToWords(left);
            uint[] rightWords = Numbers.ToWords(right);
            field.Add(result, leftWords, rightWords);
            Assert.AreEqual((left + right) % prime, Numbers.FromWords(result), $"{name}, sum {i}");
            field.Subtract(result, leftWords, rightWords);
            Assert.AreEqual((left + prime - right) % prime, Numbers.FromWords(result), $"{name}, difference {i}");
            field.Multiply(result, leftWords, rightWords);
            Assert.AreEqual(left * right % prime, Numbers.FromWords(result), $"{name}, product {i}");
            field.Square(result, leftWords, 3);
            Assert.AreEqual(BigInteger.ModPow(left, 8, prime), Numbers.FromWords(result), $"{name}, power {i}");
            field.Multiply(leftWords, leftWords, leftWords);
            Assert.AreEqual(left * left % prime, Numbers.FromWords(leftWords), $"{name}, square in place {i}");
            field.Halve(rightWords);
            Assert.AreEqual(right, Numbers.FromWords(rightWords) * 2 % prime, $"{name}, half {i}");
        }
    }

    [TestMethod]
    public void Inverts_every_number_but_zero()
    {
        Random random = new(101);
        uint[] result = new uint[8];
        foreach ((string name, PrimeField field, BigInteger prime) in s_fields)
        {
            FieldInverter inverter = new(field);
            for (int i = 0; i < 300; i++)
            {
                BigInteger number = i < 40 ? (i < 20 ? i : prime - (i - 19)) : NextBelow(random, prime);
                inverter.Invert(result, Numbers.ToWords(number));
                BigInteger expected = number == 0 ? 0 : 1;
                Assert.AreEqual(expected, Numbers.FromWords(result) * number % prime, $"{name}, {number}");
                Assert.IsTrue(Numbers.FromWords(result) < prime, name);
            }
        }
    }

    [TestMethod]
    public void Raises_to_the_power_of_the_square_root()
    {
        Field25519 field = new();
        Random random = new(102);
        uint[] result = new uint[8];
        BigInteger exponent = (Numbers.Prime25519 - 5) / 8;
        for (int i = 0; i < 100; i++)
        {
            BigInteger number = NextBelow(random, Numbers.Prime25519);
            field.RaiseForRoot(result, Numbers.ToWords(number));
            Assert.AreEqual(BigInteger.ModPow(number, exponent, Numbers.Prime25519), Numbers.FromWords(result));
        }
    }

    [TestMethod]
    public void Digits_of_a_scalar_sum_up_to_it_with_three_zeros_between()
    {
        NonAdjacentForm form = new();
        Random random = new(103);
        for (int round = 0; round < 5_000; round++)
        {
            uint[] scalar = round switch
            {
                0 => new uint[8],
                1 => Numbers.ToWords(BigInteger.Pow(2, 256) - 1),
                2 => Numbers.ToWords(BigInteger.Pow(2, 255)),
                _ => Numbers.NextExtreme(random, 8),
            };
            form.Recode(scalar);
            BigInteger sum = 0;
            int last = -4;
            for (int i = 0; i < NonAdjacentForm.DigitCount; i++)
            {
                int digit = form.Digit(i);
                sum += digit * BigInteger.Pow(2, i);
                if (digit != 0)
                {
                    Assert.IsTrue(digit % 2 != 0 && Math.Abs(digit) <= 7, $"digit {digit}");
                    Assert.IsGreaterThanOrEqualTo(4, i - last, $"digits at {last} and {i}");
                    last = i;
                }
            }

            Assert.AreEqual(Numbers.FromWords(scalar), sum);
        }
    }

    static BigInteger NextBelow(Random random, BigInteger prime)
    {
        BigInteger number = Numbers.FromWords(Numbers.NextExtreme(random, 8)) % prime;
        return random.Next(10) switch
        {
            0 => prime - 1 - random.Next(3),
            1 => random.Next(3),
            _ => number,
        };
    }
}
