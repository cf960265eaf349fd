using System.Numerics;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Twinbank.Crypto.Tests;

[TestClass]
public sealed class Ed25519VerifierTests
{
    readonly Ed25519Verifier _verifier = new();

    [TestMethod]
    public void Has_the_numbers_of_the_image_format()
    {
        Assert.AreEqual((byte)1, _verifier.AlgorithmId);
        Assert.AreEqual(32, _verifier.PublicKeyBytes);
        Assert.AreEqual(64, _verifier.SignatureBytes);
    }

    [TestMethod]
    public void Accepts_the_vectors_of_RFC_8032()
    {
        List<Dictionary<string, string>> vectors = VectorFile.Read("rfc8032-ed25519.txt");
        Assert.HasCount(5, vectors);
        foreach (Dictionary<string, string> vector in vectors)
        {
            Assert.IsTrue(Read(vector).IsAcceptedBy(_verifier), vector["Name"]);
        }
    }

    [TestMethod]
    public void Refuses_the_vectors_of_RFC_8032_with_any_byte_changed()
    {
        foreach (Dictionary<string, string> vector in VectorFile.Read("rfc8032-ed25519.txt"))
        {
            SignatureCase valid = Read(vector);
            if (valid.Message.Length > 100)
            {
                continue;
            }

            foreach ((string what, SignatureCase changed) in valid.OneByteMutations())
            {
                Assert.IsFalse(changed.IsAcceptedBy(_verifier), $"{vector["Name"]}, {what}");
            }
        }
    }

    [TestMethod]
    public void Agrees_with_BouncyCastle_on_2000_random_keys_and_messages()
    {
        Random random = new(8032);
        for (int i = 0; i < 2000; i++)
        {
            SignatureCase valid = Sign(random, messageBytes: i % 200);
            Assert.IsTrue(valid.IsAcceptedBy(_verifier), $"case {i}");
        }
    }

    [TestMethod]
    public void Agrees_with_BouncyCastle_on_2000_changed_signatures_and_keys()
    {
        Random random = new(8033);
        for (int i = 0; i < 2000; i++)
        {
            SignatureCase changed = Sign(random, messageBytes: 56);
            byte[] target = random.Next(3) switch
            {
                0 => changed.PublicKey,
                1 => changed.Message,
                _ => changed.Signature,
            };
            target[random.Next(target.Length)] ^= (byte)(1 << random.Next(8));
            bool expected = Ed25519.Verify(
                changed.Signature, 0, changed.PublicKey, 0, changed.Message, 0, changed.Message.Length);
            Assert.AreEqual(expected, changed.IsAcceptedBy(_verifier), $"case {i}");
        }
    }

    [TestMethod]
    public void Reads_keys_as_BouncyCastle_does()
    {
        Random random = new(8034);
        int accepted = 0;
        for (int i = 0; i < 2000; i++)
        {
            byte[] key = new byte[32];
            random.NextBytes(key);
            bool expected = Ed25519.ValidatePublicKeyPartial(key, 0);
            Assert.AreEqual(expected, _verifier.TryReadKey(key, 0), Convert.ToHexString(key));
            accepted += expected ? 1 : 0;
        }

        Assert.IsTrue(accepted is > 800 and < 1200, $"{accepted} of 2000 are points; about half should be.");
    }

    [TestMethod]
    public void Refuses_S_that_is_not_below_the_order_though_the_equation_holds()
    {
        SignatureCase valid = Sign(new Random(8035), messageBytes: 56);
        BigInteger s = new(valid.Signature.AsSpan(32), isUnsigned: true);
        int shown = 0;
        BigInteger end = BigInteger.Pow(2, 256);
        for (BigInteger changed = s + Numbers.Order25519; changed < end; changed += Numbers.Order25519)
        {
            byte[] signature = [.. valid.Signature[..32], .. Numbers.ToBytes(changed, bigEndian: false)];
            SignatureCase malleated = valid with { Signature = signature };

            // A verifier without the check accepts it: the vector is a real second signature.
            Assert.IsTrue(_verifier.TryReadKey(valid.PublicKey, 0));
            Assert.IsTrue(HoldsEquation(malleated), $"S + {shown + 1} L");
            Assert.IsFalse(malleated.IsAcceptedBy(_verifier), $"S + {shown + 1} L");
            shown++;
        }

        Assert.IsGreaterThanOrEqualTo(14, shown);
        Assert.IsTrue(valid.IsAcceptedBy(_verifier));
    }

    [TestMethod]
    public void Refuses_keys_of_small_order_though_a_forged_signature_fits()
    {
        string[] smallOrderKeys =
        [
            "0100000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000080",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        ];
        byte[] identity = Convert.FromHexString(smallOrderKeys[0]);
        foreach (string key in smallOrderKeys)
        {
            // S = 0 and R = identity fit whenever the key's order divides k: at least one message in eight.
            SignatureCase forged = new(Convert.FromHexString(key), new byte[4], [.. identity, .. new byte[32]]);
            int tries = 0;
            bool isFitting = false;
            while (!isFitting)
            {
                Assert.IsLessThan(200, tries, key);
                BitConverter.TryWriteBytes(forged.Message, tries++);
                Assert.IsTrue(_verifier.TryReadKey(forged.PublicKey, 0), key);
                isFitting = HoldsEquation(forged);
            }

            Assert.IsFalse(forged.IsAcceptedBy(_verifier), key);
        }
    }

    [TestMethod]
    [DataRow("0100000000000000000000000000000000000000000000000000000000000080", "x = 0 with the sign bit")]
    [DataRow("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "x = 0 with the sign bit, y = -1")]
    [DataRow("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "y = p")]
    [DataRow("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "y = p + 1")]
    [DataRow("f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "y = p + 3")]
    [DataRow("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "y = 2^255 - 1")]
    [DataRow("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "all ones, as erased flash")]
    [DataRow("0200000000000000000000000000000000000000000000000000000000000000", "y = 2, no point")]
    public void Refuses_keys_that_are_not_the_one_encoding_of_a_point(string key, string why)
        => Assert.IsFalse(_verifier.TryReadKey(Convert.FromHexString(key), 0), why);

    [TestMethod]
    public void Refuses_R_in_an_encoding_that_is_not_canonical()
    {
        // R = the identity as y = 1 and as y = p + 1, S = k * a: with R the identity the equation holds exactly.
        Random random = new(8036);
        byte[] seed = new byte[32];
        random.NextBytes(seed);
        byte[] key = new byte[32];
        Ed25519.GeneratePublicKey(seed, 0, key, 0);
        BigInteger secret = SecretScalarOf(seed);
        byte[] message = [1, 2, 3];
        string[] identities =
        [
            "0100000000000000000000000000000000000000000000000000000000000000",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "0100000000000000000000000000000000000000000000000000000000000080",
        ];
        for (int i = 0; i < identities.Length; i++)
        {
            byte[] r = Convert.FromHexString(identities[i]);
            byte[] digest = System.Security.Cryptography.SHA512.HashData([.. r, .. key, .. message]);
            BigInteger s = new BigInteger(digest, isUnsigned: true) * secret % Numbers.Order25519;
            SignatureCase made = new(key, message, [.. r, .. Numbers.ToBytes(s, bigEndian: false)]);
            Assert.AreEqual(i == 0, made.IsAcceptedBy(_verifier), identities[i]);
        }
    }

    [TestMethod]
    public void Refuses_R_with_a_part_of_small_order()
    {
        // The key pair of a second seed serves as r and R. (0, -1), of order 2, added to R gives (-x, -y): eight times
        // both sides of the equation are still equal, the sides themselves are not.
        byte[] seed = [1, .. new byte[31]];
        byte[] secondSeed = [2, .. new byte[31]];
        byte[] key = new byte[32];
        byte[] r = new byte[32];
        Ed25519.GeneratePublicKey(seed, 0, key, 0);
        Ed25519.GeneratePublicKey(secondSeed, 0, r, 0);
        BigInteger y = new BigInteger(r, isUnsigned: true) & (BigInteger.Pow(2, 255) - 1);
        byte[] shifted = Numbers.ToBytes(Numbers.Prime25519 - y, bigEndian: false);
        shifted[31] |= (byte)(~r[31] & 0x80);
        byte[] message = [1, 2, 3];
        Assert.IsTrue(SignWith(r).IsAcceptedBy(_verifier));
        Assert.IsFalse(SignWith(shifted).IsAcceptedBy(_verifier));

        SignatureCase SignWith(byte[] encodedR)
        {
            byte[] digest = System.Security.Cryptography.SHA512.HashData([.. encodedR, .. key, .. message]);
            BigInteger k = new(digest, isUnsigned: true);
            BigInteger s = SecretScalarOf(secondSeed) + (k * SecretScalarOf(seed));
            return new SignatureCase(
                key, message, [.. encodedR, .. Numbers.ToBytes(s % Numbers.Order25519, bigEndian: false)]);
        }
    }

    [TestMethod]
    public void Finds_key_message_and_signature_at_their_offsets()
    {
        SignatureCase valid = Sign(new Random(8037), messageBytes: 56);
        byte[] all = [7, .. valid.PublicKey, 7, 7, .. valid.Message, 7, 7, 7, .. valid.Signature, 7];
        Assert.IsTrue(_verifier.Verify(all, 1, all, 35, 56, all, 94));
        Assert.IsFalse(_verifier.Verify(all, 2, all, 35, 56, all, 94));
        Assert.IsFalse(_verifier.Verify(all, 1, all, 35, 55, all, 94));
        Assert.IsFalse(_verifier.Verify(all, 1, all, 35, 56, all, 95));
    }

    bool HoldsEquation(SignatureCase signed) => _verifier.HoldsEquation(
        signed.PublicKey, 0, signed.Message, 0, signed.Message.Length, signed.Signature, 0);

    static SignatureCase Read(Dictionary<string, string> vector) => new(
        Convert.FromHexString(vector["PublicKey"]),
        Convert.FromHexString(vector["Message"]),
        Convert.FromHexString(vector["Signature"]));

    internal static SignatureCase Sign(Random random, int messageBytes)
    {
        byte[] seed = new byte[32];
        byte[] key = new byte[32];
        byte[] message = new byte[messageBytes];
        byte[] signature = new byte[64];
        random.NextBytes(seed);
        random.NextBytes(message);
        Ed25519.GeneratePublicKey(seed, 0, key, 0);
        Ed25519.Sign(seed, 0, message, 0, message.Length, signature, 0);
        return new SignatureCase(key, message, signature);
    }

    static BigInteger SecretScalarOf(byte[] seed)
    {
        // RFC 8032 section 5.1.5: the lower half of the hash, with its top and bottom bits set as given there.
        byte[] scalar = System.Security.Cryptography.SHA512.HashData(seed)[..32];
        scalar[0] &= 0xF8;
        scalar[31] = (byte)((scalar[31] & 0x3F) | 0x40);
        return new BigInteger(scalar, isUnsigned: true);
    }
}
