using System.Text.Json;
using Twinbank.Core.Checks;
using Twinbank.Testing;

namespace Twinbank.Crypto.Tests;

/// <summary>
/// The Wycheproof sets (C2SP/wycheproof, Apache-2.0), which collect the mistakes that real verifiers made. They stay
/// outside the repository: tests/Vectors/crypto/README.md says where they are looked for.
/// </summary>
[TestClass]
public sealed class WycheproofTests
{
    [TestMethod]
    public void Decides_every_Ed25519_case_as_Wycheproof_does()
        => Check("ed25519_test.json", new Ed25519Verifier(), key => Convert.FromHexString(Text(key, "pk")));

    [TestMethod]
    public void Decides_every_P256_case_as_Wycheproof_does()
        => Check(
            "ecdsa_secp256r1_sha256_p1363_test.json",
            new EcdsaP256Verifier(),
            key => Convert.FromHexString(Text(key, "uncompressed"))[1..]);

    static void Check(string fileName, SignatureAlgorithm verifier, Func<JsonElement, byte[]> readKey)
    {
        string? folder = RepositoryRoot.FindExternalFolder("TWINBANK_WYCHEPROOF", "../shared/vectors/wycheproof");
        if (folder is null)
        {
            Assert.Inconclusive(
                "The Wycheproof vectors are not here: no folder ../shared/vectors/wycheproof beside the repository, "
                + "and TWINBANK_WYCHEPROOF does not name one.");
        }

        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, fileName)));
        int checkedCount = 0;
        List<string> wrong = [];
        foreach (JsonElement group in document.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            byte[] key = readKey(group.GetProperty("publicKey"));
            foreach (JsonElement test in group.GetProperty("tests").EnumerateArray())
            {
                SignatureCase signed = new(
                    key, Convert.FromHexString(Text(test, "msg")), Convert.FromHexString(Text(test, "sig")));

                // The container's field holds exactly SignatureBytes: another length cannot be written there.
                bool isAccepted = signed.Signature.Length == verifier.SignatureBytes && signed.IsAcceptedBy(verifier);
                if (isAccepted != (Text(test, "result") == "valid"))
                {
                    wrong.Add($"{test.GetProperty("tcId")} ({Text(test, "comment")})");
                }

                checkedCount++;
            }
        }

        Assert.IsEmpty(wrong, string.Join(", ", wrong));
        Assert.AreEqual(document.RootElement.GetProperty("numberOfTests").GetInt32(), checkedCount);
    }

    static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
