using Twinbank.Images.Keys;
using Twinbank.Testing;

namespace Twinbank.Images.Tests.Keys;

[TestClass]
public sealed class TestKeysTests
{
    [TestMethod]
    [DataRow("release-ed25519", KeyAlgorithm.Ed25519)]
    [DataRow("next-ed25519", KeyAlgorithm.Ed25519)]
    [DataRow("stranger-ed25519", KeyAlgorithm.Ed25519)]
    [DataRow("release-p256", KeyAlgorithm.EcdsaP256)]
    public void The_test_keys_are_what_their_page_says(string name, KeyAlgorithm algorithm)
    {
        string folder = RepositoryRoot.Combine("tests/Vectors/keys");
        SigningKey key = KeyFile.LoadPrivate(Path.Combine(folder, name + ".pem"));

        Assert.AreEqual(algorithm, key.Algorithm);
        Assert.AreEqual(key.PublicKey, KeyFile.LoadPublic(Path.Combine(folder, name + ".pub.pem")));
        Assert.Contains(
            $"| `{name}` |", File.ReadAllText(Path.Combine(folder, "README.md")), "README names the key");
        Assert.Contains($"`{key.PublicKey.KeyIdText}` |", File.ReadAllText(Path.Combine(folder, "README.md")));
    }
}
