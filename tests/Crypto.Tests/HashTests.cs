using System.Security.Cryptography;
using System.Text;
using Twinbank.Core.Checks;

namespace Twinbank.Crypto.Tests;

/// <summary>Both hashes: FIPS 180-4 examples (NIST "Examples with Intermediate Values") and the .NET library.</summary>
[TestClass]
public sealed class HashTests
{
    const string LongMessage448 = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";

    const string LongMessage896 =
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
        + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu";

    [TestMethod]
    [DataRow("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [DataRow("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [DataRow(LongMessage448, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    [DataRow(LongMessage896, "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1")]
    public void Sha256_gives_the_digests_of_the_standard(string message, string digest)
        => Assert.AreEqual(digest, HashOf(new Sha256(), Encoding.ASCII.GetBytes(message)));

    [TestMethod]
    [DataRow("",
        "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
        + "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e")]
    [DataRow("abc",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f")]
    [DataRow(LongMessage448,
        "204a8fc6dda82f0a0ced7beb8e08a41657c16ef468b228a8279be331a703c335"
        + "96fd15c13b1b07f9aa1d3bea57789ca031ad85c7a71dd70354ec631238ca3445")]
    [DataRow(LongMessage896,
        "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018"
        + "501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909")]
    public void Sha512_gives_the_digests_of_the_standard(string message, string digest)
        => Assert.AreEqual(digest, HashOf(new Sha512(), Encoding.ASCII.GetBytes(message)));

    [TestMethod]
    public void A_million_letters_a_have_the_digests_of_the_standard()
    {
        byte[] message = new byte[1_000_000];
        Array.Fill(message, (byte)'a');
        Assert.AreEqual(
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", HashOf(new Sha256(), message));
        Assert.AreEqual(
            "e718483d0ce769644e2e42c7bc15b4638e1f98b13b2044285632a803afa973eb"
            + "de0ff244877ea60a4cb0432ce577c31beb009c5c2c49aa2e4eadb217ad8cc09b",
            HashOf(new Sha512(), message));
    }

    [TestMethod]
    [DataRow(256)]
    [DataRow(512)]
    public void Agrees_with_the_library_for_every_length_over_several_blocks(int bits)
    {
        DigestAlgorithm hash = Create(bits);
        byte[] message = RandomBytes(700);
        for (int count = 0; count <= message.Length; count++)
        {
            Assert.AreEqual(LibraryHashOf(bits, message[..count]), HashOf(hash, message[..count]), $"{count} bytes");
        }
    }

    [TestMethod]
    [DataRow(256)]
    [DataRow(512)]
    public void Gives_the_same_digest_however_the_message_is_split_in_three(int bits)
    {
        DigestAlgorithm hash = Create(bits);
        byte[] message = RandomBytes(290);
        string expected = LibraryHashOf(bits, message);
        byte[] digest = new byte[hash.DigestBytes];
        for (int first = 0; first <= message.Length; first++)
        {
            for (int second = first; second <= message.Length; second++)
            {
                hash.Reset();
                hash.Update(message, 0, first);
                hash.Update(message, first, second - first);
                hash.Update(message, second, message.Length - second);
                hash.Finish(digest, 0);
                Assert.AreEqual(expected, Convert.ToHexStringLower(digest), $"split at {first} and {second}");
            }
        }
    }

    [TestMethod]
    [DataRow(256)]
    [DataRow(512)]
    public void Gives_the_same_digest_for_every_size_of_pieces(int bits)
    {
        DigestAlgorithm hash = Create(bits);
        byte[] message = RandomBytes(1000);
        string expected = LibraryHashOf(bits, message);
        byte[] digest = new byte[hash.DigestBytes];
        for (int pieceBytes = 1; pieceBytes <= message.Length; pieceBytes++)
        {
            hash.Reset();
            for (int offset = 0; offset < message.Length; offset += pieceBytes)
            {
                hash.Update(message, offset, Math.Min(pieceBytes, message.Length - offset));
            }

            hash.Finish(digest, 0);
            Assert.AreEqual(expected, Convert.ToHexStringLower(digest), $"pieces of {pieceBytes} bytes");
        }
    }

    [TestMethod]
    [DataRow(256)]
    [DataRow(512)]
    public void Writes_only_the_digest_and_forgets_the_message_before_a_reset(int bits)
    {
        DigestAlgorithm hash = Create(bits);
        hash.Update(RandomBytes(77), 3, 70);
        hash.Reset();
        hash.Update(Encoding.ASCII.GetBytes("xabcx"), 1, 3);
        byte[] target = new byte[hash.DigestBytes + 9];
        hash.Finish(target, 4);
        Assert.AreEqual(bits / 8, hash.DigestBytes);
        Assert.AreEqual(
            "00000000" + LibraryHashOf(bits, Encoding.ASCII.GetBytes("abc")) + "0000000000",
            Convert.ToHexStringLower(target));
    }

    static DigestAlgorithm Create(int bits) => bits == 256 ? new Sha256() : new Sha512();

    static string LibraryHashOf(int bits, byte[] message)
        => Convert.ToHexStringLower(bits == 256 ? SHA256.HashData(message) : SHA512.HashData(message));

    static string HashOf(DigestAlgorithm hash, byte[] message)
    {
        byte[] digest = new byte[hash.DigestBytes];
        hash.Reset();
        hash.Update(message, 0, message.Length);
        hash.Finish(digest, 0);
        return Convert.ToHexStringLower(digest);
    }

    static byte[] RandomBytes(int count)
    {
        byte[] bytes = new byte[count];
        new Random(180_4).NextBytes(bytes);
        return bytes;
    }
}
