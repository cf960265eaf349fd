using System.Security.Cryptography;
using System.Text;
using Twinbank.Images.Keys;

namespace Twinbank.Images.Tests.Keys;

[TestClass]
public sealed class SigningKeyTests
{
    [TestMethod]
    // RFC 8032 section 7.1, tests 1 to 3.
    [DataRow(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [DataRow(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [DataRow(
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    public void Signs_as_RFC_8032_says(string secret, string publicKey, string message, string signature)
    {
        SigningKey key = SigningKey.FromSecret(KeyAlgorithm.Ed25519, Convert.FromHexString(secret));

        Assert.AreEqual(publicKey, Convert.ToHexStringLower(key.PublicKey.Raw.Span));
        Assert.AreEqual(signature, Convert.ToHexStringLower(key.Sign(Convert.FromHexString(message))));
    }

    [TestMethod]
    // RFC 6979 appendix A.2.5, SHA-256.
    [DataRow(
        "sample",
        "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
        + "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8")]
    [DataRow(
        "test",
        "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367"
        + "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083")]
    public void Signs_as_RFC_6979_says(string message, string signature)
    {
        SigningKey key = SigningKey.FromSecret(
            KeyAlgorithm.EcdsaP256,
            Convert.FromHexString("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721"));

        Assert.AreEqual(
            "60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6"
            + "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299",
            Convert.ToHexString(key.PublicKey.Raw.Span));
        Assert.AreEqual(signature, Convert.ToHexString(key.Sign(Encoding.ASCII.GetBytes(message))));
    }

    [TestMethod]
    [DataRow(KeyAlgorithm.Ed25519)]
    [DataRow(KeyAlgorithm.EcdsaP256)]
    public void Verifies_what_it_signed_and_nothing_else(KeyAlgorithm algorithm)
    {
        SigningKey key = SigningKey.Generate(algorithm);
        byte[] message = [.. Enumerable.Range(0, 56).Select(i => (byte)i)];
        byte[] signature = key.Sign(message);

        Assert.HasCount(PublicKey.SignatureBytes, signature);
        Assert.IsTrue(key.PublicKey.Verify(message, signature));
        Assert.IsFalse(SigningKey.Generate(algorithm).PublicKey.Verify(message, signature));
        Assert.IsFalse(key.PublicKey.Verify(message, signature.AsSpan(0, 63)));
        Assert.IsFalse(key.PublicKey.Verify(message, new byte[64]));
        for (int i = 0; i < signature.Length; i++)
        {
            byte[] changed = [.. signature];
            changed[i] ^= 0x40;
            Assert.IsFalse(key.PublicKey.Verify(message, changed), $"byte {i} of the signature");
        }

        message[55] ^= 1;
        Assert.IsFalse(key.PublicKey.Verify(message, signature));
    }

    [TestMethod]
    public void Agrees_with_the_runtime_about_P256()
    {
        SigningKey key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        byte[] message = "twinbank"u8.ToArray();
        using ECDsa runtime = ECDsa.Create();
        runtime.ImportFromPem(key.PublicKey.ToPem());

        Assert.IsTrue(runtime.VerifyData(message, key.Sign(message), HashAlgorithmName.SHA256));
        runtime.ImportFromPem(key.ToPem());
        Assert.IsTrue(key.PublicKey.Verify(message, runtime.SignData(message, HashAlgorithmName.SHA256)));
    }

    [TestMethod]
    public void The_key_id_is_the_beginning_of_the_hash_of_the_raw_key()
    {
        SigningKey key = SigningKey.Generate(KeyAlgorithm.Ed25519);
        byte[] expected = SHA256.HashData(key.PublicKey.Raw.Span)[..8];

        Assert.AreEqual(Convert.ToHexStringLower(expected), key.PublicKey.KeyIdText);
        Assert.AreEqual(8, key.PublicKey.KeyId.Length);
    }

    [TestMethod]
    public void Refuses_secrets_that_are_none()
    {
        byte[] order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
        Assert.ThrowsExactly<ArgumentException>(() => SigningKey.FromSecret(KeyAlgorithm.Ed25519, new byte[31]));
        Assert.ThrowsExactly<ArgumentException>(() => SigningKey.FromSecret(KeyAlgorithm.EcdsaP256, new byte[32]));
        Assert.ThrowsExactly<ArgumentException>(() => SigningKey.FromSecret(KeyAlgorithm.EcdsaP256, order));
        order[31]--;
        Assert.AreEqual(64, SigningKey.FromSecret(KeyAlgorithm.EcdsaP256, order).PublicKey.Raw.Length);
    }

    [TestMethod]
    public void Refuses_raw_bytes_that_are_no_point()
    {
        byte[] point = [.. Enumerable.Repeat((byte)7, 64)];
        Assert.ThrowsExactly<ArgumentException>(() => PublicKey.FromRaw(KeyAlgorithm.EcdsaP256, point));
        Assert.ThrowsExactly<ArgumentException>(() => PublicKey.FromRaw(KeyAlgorithm.EcdsaP256, new byte[33]));
        Assert.ThrowsExactly<ArgumentException>(() => PublicKey.FromRaw(KeyAlgorithm.Ed25519, new byte[32]));
    }

    [TestMethod]
    public void Does_not_show_the_secret_as_text()
    {
        byte[] secret = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
        SigningKey key = SigningKey.FromSecret(KeyAlgorithm.Ed25519, secret);
        Assert.AreEqual("Ed25519 " + key.PublicKey.KeyIdText, key.ToString());
    }
}
