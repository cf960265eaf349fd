using Twinbank.Errors;
using Twinbank.Flashing.Smp;

namespace Twinbank.Flashing.Tests.Smp;

[TestClass]
public sealed class CborMapTests
{
    private static CborMap Map(string hex) => CborMap.Decode("its info", Convert.FromHexString(hex));

    [TestMethod]
    public void Reads_definite_and_indefinite_maps_and_skips_what_it_does_not_know()
    {
        foreach (string hex in new[]
        {
            "a4" + "616e" + "182a" + "6174" + "6178" + "01" + "02" + "6166" + "f93c00",
            "bf" + "616e" + "182a" + "6174" + "7f6178ff" + "01" + "02" + "6166" + "fb3ff0000000000000" + "ff",
        })
        {
            CborMap map = Map(hex);
            Assert.AreEqual(42u, map.Unsigned("n"));
            Assert.AreEqual("x", map.Text("t"));
            Assert.IsFalse(map.Has("f"), "floats are nothing we ask for");
        }
    }

    [TestMethod]
    public void Says_which_key_is_missing_wrong_or_too_large()
    {
        CborMap map = Map("a3616e6178616d1b0000000100000000616c8101");
        Assert.Contains("'q' is missing", Assert.ThrowsExactly<FirmwareException>(() => map.Unsigned("q")).Message);
        Assert.Contains("'n' is of another", Assert.ThrowsExactly<FirmwareException>(() => map.Unsigned("n")).Message);
        Assert.Contains("'m' is over 32", Assert.ThrowsExactly<FirmwareException>(() => map.Unsigned("m")).Message);
        Assert.Contains("'l' holds no maps", Assert.ThrowsExactly<FirmwareException>(() => map.Maps("l")).Message);
        Assert.AreEqual(7u, map.Unsigned("q", 7));
    }

    [TestMethod]
    public void Refuses_a_size_that_nothing_can_be_divided_by_or_that_does_not_fit()
    {
        CborMap map = Map("a3616100" + "6162190400" + "61631a80000000");
        Assert.Contains("'a' is not from 1", Assert.ThrowsExactly<FirmwareException>(() => map.Size("a")).Message);
        Assert.Contains("'b' is not", Assert.ThrowsExactly<FirmwareException>(() => map.Size("b", 1023)).Message);
        Assert.Contains("'c' is not", Assert.ThrowsExactly<FirmwareException>(() => map.Size("c")).Message);
        Assert.AreEqual(1024u, map.Size("b", 1024));
    }

    [TestMethod]
    public void Throws_only_its_own_error_for_random_bytes()
    {
        var random = new Random(5);
        for (int round = 0; round < 20000; round++)
        {
            byte[] bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            if (bytes.Length > 0 && round % 2 == 0)
            {
                bytes[0] = (byte)(0xA0 | random.Next(4));
            }

            try
            {
                CborMap.Decode("its info", bytes);
            }
            catch (FirmwareException exception)
            {
                Assert.AreEqual(ErrorCode.BadAnswer, exception.Code);
            }
        }
    }
}
