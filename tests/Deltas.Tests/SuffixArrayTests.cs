using System.Text;

namespace Twinbank.Deltas.Tests;

[TestClass]
public sealed class SuffixArrayTests
{
    [TestMethod]
    [DataRow("")]
    [DataRow("a")]
    [DataRow("aa")]
    [DataRow("ba")]
    [DataRow("banana")]
    [DataRow("mississippi")]
    [DataRow("abababababababab")]
    [DataRow("cabbage cabbage cabbage")]
    public void Sorts_a_word(string word) => AssertSorted(Encoding.ASCII.GetBytes(word));

    [TestMethod]
    public void Sorts_random_texts_over_small_and_large_alphabets()
    {
        var random = new Random(7);
        for (int round = 0; round < 400; round++)
        {
            int alphabet = new[] { 1, 2, 3, 4, 256 }[round % 5];
            byte[] text = new byte[random.Next(200)];
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = (byte)(255 - random.Next(alphabet));
            }

            AssertSorted(text);
        }
    }

    [TestMethod]
    public void Sorts_a_large_text_of_erased_flash_without_delay()
    {
        byte[] text = new byte[1 << 20];
        Array.Fill(text, (byte)0xFF);
        int[] order = SuffixArray.Build(text);
        for (int i = 0; i < order.Length; i++)
        {
            Assert.AreEqual(text.Length - 1 - i, order[i]);
        }
    }

    static void AssertSorted(byte[] text)
    {
        int[] expected = [.. Enumerable.Range(0, text.Length)];
        Array.Sort(expected, (left, right) => text.AsSpan(left).SequenceCompareTo(text.AsSpan(right)));
        CollectionAssert.AreEqual(expected, SuffixArray.Build(text));
    }
}
