namespace Twinbank.Deltas.Tests;

[TestClass]
public sealed class BaseIndexTests
{
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(300)]
    [DataRow(5000)]
    public void Finds_the_longest_match(int baseBytes)
    {
        byte[] baseImage = Samples.Firmware(1, baseBytes);
        byte[] target = Samples.NextVersion(baseImage, 2, 5);
        var index = new BaseIndex(baseImage);
        var places = new BasePlace[5];
        for (int position = 0; position < target.Length; position++)
        {
            ReadOnlySpan<byte> wanted = target.AsSpan(position);
            int longest = 0;
            for (int offset = 0; offset < baseBytes; offset++)
            {
                longest = Math.Max(longest, wanted.CommonPrefixLength(baseImage.AsSpan(offset)));
            }

            int count = index.Find(wanted, 3, places);
            Assert.AreEqual(longest >= 3 ? longest : 0, count > 0 ? places[0].Bytes : 0);
            for (int i = 0; i < count; i++)
            {
                Assert.AreEqual(wanted.CommonPrefixLength(baseImage.AsSpan(places[i].Offset)), places[i].Bytes);
                Assert.IsTrue(i == 0 || places[i].Bytes <= places[i - 1].Bytes, "longest first");
            }
        }
    }
}
