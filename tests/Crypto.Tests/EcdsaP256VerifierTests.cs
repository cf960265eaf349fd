using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using BcInteger = Org.BouncyCastle.Math.BigInteger;
using BcPoint = Org.BouncyCastle.Math.EC.ECPoint;

namespace Twinbank.Crypto.Tests;

[TestClass]
public sealed class EcdsaP256VerifierTests
{
    // RFC 6979 appendix A.2.5.
    const string Rfc6979Key =
        "60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6"
        + "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299";

    const string SampleSignature =
        "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
        + "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8";

    const string TestSignature =
        "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367"
        + "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083";

    static readonly X9ECParameters s_curve = CustomNamedCurves.GetByName("secp256r1");
    static readonly ECDomainParameters s_domain = new(s_curve);

    readonly EcdsaP256Verifier _verifier = new();

    [TestMethod]
    public void Has_the_numbers_of_the_image_format()
    {
        Assert.AreEqual((byte)2, _verifier.AlgorithmId);
        Assert.AreEqual(64, _verifier.PublicKeyBytes);
        Assert.AreEqual(64, _verifier.SignatureBytes);
    }

    [TestMethod]
    [DataRow("sample", SampleSignature)]
    [DataRow("test", TestSignature)]
    public void Accepts_the_vectors_of_RFC_6979_and_no_change_of_a_byte(string message, string signature)
    {
        SignatureCase valid = new(
            Convert.FromHexString(Rfc6979Key), Encoding.ASCII.GetBytes(message), Convert.FromHexString(signature));
        Assert.IsTrue(valid.IsAcceptedBy(_verifier));
        foreach ((string what, SignatureCase changed) in valid.OneByteMutations())
        {
            Assert.IsFalse(changed.IsAcceptedBy(_verifier), what);
        }
    }

    [TestMethod]
    public void Decides_the_vectors_of_NIST_as_given()
    {
        List<Dictionary<string, string>> vectors = VectorFile.Read("p256-sha256-sigver.txt");
        Assert.HasCount(15, vectors);
        foreach (Dictionary<string, string> vector in vectors)
        {
            SignatureCase signed = new(
                Convert.FromHexString(vector["Qx"] + vector["Qy"]),
                Convert.FromHexString(vector["Msg"]),
                Convert.FromHexString(vector["R"] + vector["S"]));
            Assert.AreEqual(vector["Result"] == "P", signed.IsAcceptedBy(_verifier), vector["Msg"]);
        }
    }

    [TestMethod]
    public void Agrees_with_BouncyCastle_on_1000_random_keys_and_messages()
    {
        Random random = new(6979);
        for (int i = 0; i < 1000; i++)
        {
            Assert.IsTrue(Sign(random, messageBytes: i % 200).IsAcceptedBy(_verifier), $"case {i}");
        }
    }

    [TestMethod]
    public void Agrees_with_the_library_on_1000_changed_signatures_and_keys()
    {
        Random random = new(6980);
        for (int i = 0; i < 1000; i++)
        {
            SignatureCase changed = Sign(random, messageBytes: 56);
            byte[] target = random.Next(5) switch
            {
                0 => changed.PublicKey,
                1 => changed.Message,
                _ => changed.Signature,
            };
            target[random.Next(target.Length)] ^= (byte)(1 << random.Next(8));
            Assert.AreEqual(IsAcceptedByLibrary(changed), changed.IsAcceptedBy(_verifier), $"case {i}");
        }
    }

    [TestMethod]
    public void Accepts_signatures_of_keys_next_to_the_base_point()
    {
        Random random = new(6981);
        BcInteger[] secrets =
        [
            BcInteger.One, BcInteger.Two, BcInteger.Three, s_curve.N.Subtract(BcInteger.One),
            s_curve.N.Subtract(BcInteger.Two), BcInteger.Two.ModInverse(s_curve.N), BcInteger.One.ShiftLeft(255),
        ];
        foreach (BcInteger secret in secrets)
        {
            for (int i = 0; i < 20; i++)
            {
                Assert.IsTrue(Sign(secret, random, messageBytes: 32).IsAcceptedBy(_verifier), $"{secret}, {i}");
            }
        }
    }

    [TestMethod]
    public void Accepts_a_signature_whose_x_is_r_plus_the_order()
    {
        BigInteger x = Numbers.OrderP256;
        BcPoint? point = null;
        while (point is null)
        {
            x++;
            point = TryLift(x);
        }

        SignatureCase valid = MakeForPoint(point, r: x - Numbers.OrderP256);
        Assert.IsTrue(IsAcceptedByLibrary(valid));
        Assert.IsTrue(valid.IsAcceptedBy(_verifier));
    }

    [TestMethod]
    public void Refuses_r_and_s_outside_one_to_the_order()
    {
        SignatureCase valid = Sign(new Random(6982), messageBytes: 56);
        byte[] r = valid.Signature[..32];
        byte[] s = valid.Signature[32..];
        BigInteger[] outside =
        [
            0, Numbers.OrderP256, Numbers.OrderP256 + 1, Numbers.PrimeP256, Numbers.PrimeP256 + 1,
            BigInteger.Pow(2, 256) - 1,
        ];
        foreach (BigInteger number in outside)
        {
            byte[] bytes = Numbers.ToBytes(number, bigEndian: true);
            Assert.IsFalse((valid with { Signature = [.. bytes, .. s] }).IsAcceptedBy(_verifier), $"r = {number}");
            Assert.IsFalse((valid with { Signature = [.. r, .. bytes] }).IsAcceptedBy(_verifier), $"s = {number}");
            Assert.IsFalse((valid with { Signature = [.. bytes, .. bytes] }).IsAcceptedBy(_verifier), $"{number}");
        }
    }

    [TestMethod]
    public void Refuses_r_or_s_raised_by_the_order_though_they_are_the_same_modulo_it()
    {
        // Small r and s, so that r + n and s + n have 256 bits: r from a point with that x, s = 1 or 2.
        BigInteger x = 0;
        int shown = 0;
        while (shown < 4)
        {
            x++;
            BcPoint? point = TryLift(x);
            if (point is null)
            {
                continue;
            }

            SignatureCase valid = MakeForPoint(point, x, s: 1 + (shown % 2));
            Assert.IsTrue(valid.IsAcceptedBy(_verifier), $"x = {x}");
            BigInteger raisedR = x + Numbers.OrderP256;
            BigInteger raisedS = 1 + (shown % 2) + Numbers.OrderP256;
            byte[] r = valid.Signature[..32];
            byte[] s = valid.Signature[32..];
            SignatureCase withR = valid with { Signature = [.. Numbers.ToBytes(raisedR, true), .. s] };
            SignatureCase withS = valid with { Signature = [.. r, .. Numbers.ToBytes(raisedS, true)] };
            Assert.IsFalse(withR.IsAcceptedBy(_verifier), $"r = {x} + n");
            Assert.IsFalse(withS.IsAcceptedBy(_verifier), $"s = {1 + (shown % 2)} + n");
            shown++;
        }
    }

    [TestMethod]
    public void Refuses_keys_that_are_not_points_of_the_curve()
    {
        SignatureCase valid = Sign(new Random(6983), messageBytes: 56);
        Assert.IsFalse((valid with { PublicKey = new byte[64] }).IsAcceptedBy(_verifier), "a key table never filled");
        byte[] erased = new byte[64];
        Array.Fill(erased, (byte)0xFF);
        Assert.IsFalse((valid with { PublicKey = erased }).IsAcceptedBy(_verifier), "erased flash");
        byte[] swapped = [.. valid.PublicKey[32..], .. valid.PublicKey[..32]];
        Assert.IsFalse((valid with { PublicKey = swapped }).IsAcceptedBy(_verifier), "y before x");
        BigInteger y = Numbers.PrimeP256 - Numbers.Parse(Convert.ToHexString(valid.PublicKey, 32, 32));
        byte[] negated = [.. valid.PublicKey[..32], .. Numbers.ToBytes(y, bigEndian: true)];
        Assert.IsFalse((valid with { PublicKey = negated }).IsAcceptedBy(_verifier), "the opposite point");
    }

    [TestMethod]
    public void Refuses_a_coordinate_that_is_not_below_the_prime()
    {
        // A point with a small x: x + p names the same point in 256 bits.
        BigInteger x = 0;
        BcPoint? point = null;
        while (point is null)
        {
            x++;
            point = TryLift(x);
        }

        JacobianPoint target = new();
        CurveP256 curve = new();
        byte[] key = point.GetEncoded(compressed: false)[1..];
        Assert.IsTrue(curve.TryDecode(target, key, 0));
        Numbers.ToBytes(x + Numbers.PrimeP256, bigEndian: true).CopyTo(key, 0);
        Assert.IsFalse(curve.TryDecode(target, key, 0));
    }

    /// <summary>A signature (r, s) that is valid because its key was computed from it: Q = (s R - e G) / r.</summary>
    static SignatureCase MakeForPoint(BcPoint point, BigInteger r, int s = 12345)
    {
        byte[] message = [1, 2, 3];
        BcInteger e = new(1, SHA256.HashData(message));
        BcInteger bcR = new(r.ToString());
        BcPoint sum = point.Multiply(BcInteger.ValueOf(s)).Subtract(s_curve.G.Multiply(e));
        BcPoint key = sum.Multiply(bcR.ModInverse(s_curve.N)).Normalize();
        byte[] signature = [.. Numbers.ToBytes(r, bigEndian: true), .. Numbers.ToBytes(s, bigEndian: true)];
        return new SignatureCase(key.GetEncoded(compressed: false)[1..], message, signature);
    }

    static BcPoint? TryLift(BigInteger x)
    {
        try
        {
            return s_curve.Curve.DecodePoint([2, .. Numbers.ToBytes(x, bigEndian: true)]);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    static bool IsAcceptedByLibrary(SignatureCase signed)
    {
        try
        {
            ECPoint point = new() { X = signed.PublicKey[..32], Y = signed.PublicKey[32..] };
            using ECDsa library = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point });
            return library.VerifyData(signed.Message, signed.Signature, HashAlgorithmName.SHA256);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    internal static SignatureCase Sign(Random random, int messageBytes)
    {
        byte[] secret = new byte[32];
        random.NextBytes(secret);
        return Sign(new BcInteger(1, secret).Mod(s_curve.N), random, messageBytes);
    }

    static SignatureCase Sign(BcInteger secret, Random random, int messageBytes)
    {
        byte[] message = new byte[messageBytes];
        random.NextBytes(message);
        ECDsaSigner signer = new(new HMacDsaKCalculator(new Sha256Digest()));
        signer.Init(true, new ECPrivateKeyParameters(secret, s_domain));
        BcInteger[] pair = signer.GenerateSignature(SHA256.HashData(message));
        byte[] key = s_curve.G.Multiply(secret).Normalize().GetEncoded(compressed: false)[1..];
        byte[] signature =
        [
            .. Numbers.ToBytes(BigInteger.Parse(pair[0].ToString()), bigEndian: true),
            .. Numbers.ToBytes(BigInteger.Parse(pair[1].ToString()), bigEndian: true),
        ];
        return new SignatureCase(key, message, signature);
    }
}
