using System.Numerics;

namespace Twinbank.Crypto.Tests;

/// <summary>Between the words of the verifiers and BigInteger, and numbers that provoke carries.</summary>
internal static class Numbers
{
    public static readonly BigInteger Prime25519 = BigInteger.Pow(2, 255) - 19;

    public static readonly BigInteger PrimeP256 =
        BigInteger.Pow(2, 256) - BigInteger.Pow(2, 224) + BigInteger.Pow(2, 192) + BigInteger.Pow(2, 96) - 1;

    public static readonly BigInteger Order25519 =
        BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493");

    public static readonly BigInteger OrderP256 =
        Parse("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");

    public static BigInteger Parse(string hexadecimal)
        => new(Convert.FromHexString(hexadecimal), isUnsigned: true, isBigEndian: true);

    public static BigInteger FromWords(uint[] words)
    {
        BigInteger number = 0;
        for (int i = words.Length - 1; i >= 0; i--)
        {
            number = (number << 32) + words[i];
        }

        return number;
    }

    public static uint[] ToWords(BigInteger number, int wordCount = 8)
    {
        uint[] words = new uint[wordCount];
        for (int i = 0; i < wordCount; i++)
        {
            words[i] = (uint)(number & uint.MaxValue);
            number >>= 32;
        }

        Assert.AreEqual(BigInteger.Zero, number);
        return words;
    }

    public static byte[] ToBytes(BigInteger number, bool bigEndian)
    {
        byte[] bytes = new byte[32];
        byte[] digits = number.ToByteArray(isUnsigned: true, isBigEndian: false);
        digits.CopyTo(bytes, 0);
        if (bigEndian)
        {
            Array.Reverse(bytes);
        }

        return bytes;
    }

    /// <summary>A number of words that are mostly all zeros, all ones, 1: what random words never are.</summary>
    public static uint[] NextExtreme(Random random, int wordCount)
    {
        uint[] words = new uint[wordCount];
        for (int i = 0; i < wordCount; i++)
        {
            words[i] = random.Next(8) switch
            {
                0 or 1 => 0,
                2 or 3 => uint.MaxValue,
                4 => 1,
                5 => uint.MaxValue - 1,
                6 => 0x80000000,
                _ => (uint)random.NextInt64(1L << 32),
            };
        }

        return words;
    }
}
