using Twinbank.Core.Checks;
using Twinbank.Core.Tests.Rig;
using Twinbank.Core.Trust;

namespace Twinbank.Core.Tests.Trust;

[TestClass]
public sealed class KeyAreaTests
{
    static readonly byte[] s_key = [.. Enumerable.Range(1, 32).Select(value => (byte)value)];

    /// <summary>By hand from the specification; the checksum by another implementation.</summary>
    static byte[] Golden()
    {
        byte[] area = new byte[512];
        "TWBKEYS1"u8.CopyTo(area);
        area[12] = 1;
        area[16] = 1;
        area[17] = 32;
        s_key.CopyTo(area, 20);
        BitConverter.GetBytes(Crc32CByBits(area.AsSpan(12))).CopyTo(area, 8);
        return area;
    }

    static uint Crc32CByBits(ReadOnlySpan<byte> data)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
            }
        }

        return ~crc;
    }

    [TestMethod]
    public void Writes_the_golden_bytes()
    {
        byte[] area = new byte[KeyArea.SizeBytes];
        KeyArea.WriteEmpty(area, 0);
        Assert.AreEqual(Status.Ok, KeyArea.TryAdd(area, 0, 1, s_key));
        CollectionAssert.AreEqual(Golden(), area);
    }

    [TestMethod]
    public void Gives_its_keys_to_a_trust_store()
    {
        TrustStore trust = NewTrust();
        byte[] moved = new byte[600];
        Golden().CopyTo(moved, 40);
        Assert.AreEqual(Status.Ok, KeyArea.TryAddTo(trust, moved, 40));
        Assert.AreEqual(1, trust.KeyCount);
    }

    [TestMethod]
    public void Holds_four_keys_and_not_a_fifth()
    {
        byte[] area = new byte[KeyArea.SizeBytes];
        KeyArea.WriteEmpty(area, 0);
        for (int key = 0; key < TrustStore.KeysMax; key++)
        {
            Assert.AreEqual(Status.Ok, KeyArea.TryAdd(area, 0, 1, s_key));
        }

        Assert.AreEqual(Status.NoSpace, KeyArea.TryAdd(area, 0, 1, s_key));
        Assert.AreEqual(Status.Ok, KeyArea.Check(area, 0));
        Assert.AreEqual(4, KeyArea.Count(area, 0));
    }

    [TestMethod]
    public void Refuses_a_key_that_does_not_fit()
    {
        byte[] area = new byte[KeyArea.SizeBytes];
        KeyArea.WriteEmpty(area, 0);
        Assert.AreEqual(Status.BadLength, KeyArea.TryAdd(area, 0, 1, new byte[69]));
        Assert.AreEqual(Status.BadLength, KeyArea.TryAdd(area, 0, 1, []));
    }

    [TestMethod]
    public void Notices_every_changed_byte()
    {
        for (int i = 0; i < KeyArea.SizeBytes; i++)
        {
            byte[] area = Golden();
            area[i] ^= 0x10;
            Assert.AreNotEqual(Status.Ok, KeyArea.Check(area, 0), $"byte {i}");
        }
    }

    [TestMethod]
    [DataRow(12, (byte)5, Status.BadField, DisplayName = "five keys")]
    [DataRow(16, (byte)0, Status.BadField, DisplayName = "no algorithm")]
    [DataRow(17, (byte)0, Status.BadField, DisplayName = "empty key")]
    [DataRow(17, (byte)69, Status.BadField, DisplayName = "long key")]
    [DataRow(18, (byte)1, Status.BadReserved, DisplayName = "reserved byte")]
    [DataRow(60, (byte)1, Status.BadReserved, DisplayName = "bytes behind the key")]
    [DataRow(511, (byte)1, Status.BadReserved, DisplayName = "bytes behind the keys")]
    public void Refuses_wrong_fields_under_a_right_checksum(int offset, byte value, Status expected)
    {
        byte[] area = Golden();
        area[offset] = value;
        BitConverter.GetBytes(Crc32C.Compute(area, 12, 500)).CopyTo(area, 8);
        Assert.AreEqual(expected, KeyArea.Check(area, 0));
    }

    [TestMethod]
    public void Refuses_a_key_of_an_unknown_algorithm()
    {
        byte[] area = new byte[KeyArea.SizeBytes];
        KeyArea.WriteEmpty(area, 0);
        Assert.AreEqual(Status.Ok, KeyArea.TryAdd(area, 0, 9, s_key));
        Assert.AreEqual(Status.NotSupported, KeyArea.TryAddTo(NewTrust(), area, 0));
    }

    static TrustStore NewTrust() => new(new HostDigest(), [new HostSignature()]);
}
