using Twinbank.Core.Checks;

namespace Twinbank.Core.Tests;

[TestClass]
public sealed class Crc32CTests
{
    [TestMethod]
    public void Gives_the_check_value_of_the_catalogue()
        => Assert.AreEqual(0xE3069283u, Crc32C.Compute("123456789"u8.ToArray(), 0, 9));

    [TestMethod]
    public void Agrees_with_the_processor_instruction_on_random_bytes()
    {
        var random = new Random(20261124);
        for (int length = 0; length < 300; length++)
        {
            byte[] data = new byte[length];
            random.NextBytes(data);
            uint expected = 0xFFFFFFFF;
            foreach (byte b in data)
            {
                expected = System.Numerics.BitOperations.Crc32C(expected, b);
            }

            Assert.AreEqual(~expected, Crc32C.Compute(data, 0, length), $"{length} bytes");
        }
    }
}
