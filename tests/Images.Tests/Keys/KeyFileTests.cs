using Twinbank.Errors;
using Twinbank.Images.Keys;

namespace Twinbank.Images.Tests.Keys;

[TestClass]
public sealed class KeyFileTests
{
    private string _folder = "";

    [TestInitialize]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("keys").FullName;

    [TestCleanup]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    [DataRow(KeyAlgorithm.Ed25519, null)]
    [DataRow(KeyAlgorithm.Ed25519, "pass phrase")]
    [DataRow(KeyAlgorithm.EcdsaP256, null)]
    [DataRow(KeyAlgorithm.EcdsaP256, "Zürich ✓")]
    public void Reads_what_it_wrote(KeyAlgorithm algorithm, string? passphrase)
    {
        SigningKey key = SigningKey.Generate(algorithm);
        KeyFile.SavePrivate(key, In("key.pem"), passphrase);
        KeyFile.SavePublic(key.PublicKey, In("key.pub.pem"));

        SigningKey back = KeyFile.LoadPrivate(In("key.pem"), () => passphrase);

        Assert.AreEqual(key.PublicKey, back.PublicKey);
        CollectionAssert.AreEqual(key.Sign([1, 2, 3]), back.Sign([1, 2, 3]));
        Assert.AreEqual(key.PublicKey, KeyFile.LoadPublic(In("key.pub.pem")));
        Assert.AreEqual(key.PublicKey, KeyFile.LoadPublic(In("key.pem"), () => passphrase));
    }

    [TestMethod]
    public void Only_the_owner_may_read_a_private_key_even_where_an_open_file_was()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Windows has no Unix modes.");
            return;
        }

        File.WriteAllText(In("key.pem"), "old");
        File.SetUnixFileMode(In("key.pem"), (UnixFileMode)0b110_110_110);
        KeyFile.SavePrivate(SigningKey.Generate(KeyAlgorithm.Ed25519), In("key.pem"), overwrite: true);

        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(In("key.pem")));
        Assert.HasCount(1, Directory.GetFiles(_folder));
    }

    [TestMethod]
    public void Does_not_overwrite_a_key_unasked()
    {
        File.WriteAllText(In("key.pem"), "precious");
        SigningKey key = SigningKey.Generate(KeyAlgorithm.Ed25519);

        Refused(ErrorCode.FileExists, () => KeyFile.SavePrivate(key, In("key.pem")));
        Refused(ErrorCode.FileExists, () => KeyFile.SavePublic(key.PublicKey, In("key.pem")));
        Assert.AreEqual("precious", File.ReadAllText(In("key.pem")));
    }

    [TestMethod]
    public void Names_what_is_wrong_with_the_file()
    {
        Refused(ErrorCode.FileNotFound, () => KeyFile.LoadPrivate(In("none.pem")));
        Refused(ErrorCode.FileUnreadable, () => KeyFile.LoadPrivate(_folder));
        File.WriteAllBytes(In("large.pem"), new byte[KeyFile.FileBytesMax + 1]);
        Refused(ErrorCode.FileTooLarge, () => KeyFile.LoadPrivate(In("large.pem")));
        FirmwareException unwritable = Refused(
            ErrorCode.FileUnwritable,
            () => KeyFile.SavePrivate(SigningKey.Generate(KeyAlgorithm.Ed25519), In("no/such/folder.pem")));
        Assert.Contains("its folder does not exist", unwritable.Message);
    }

    [TestMethod]
    public void Asks_for_a_passphrase_only_when_the_key_is_encrypted()
    {
        SigningKey key = SigningKey.Generate(KeyAlgorithm.Ed25519);
        KeyFile.SavePrivate(key, In("open.pem"));
        KeyFile.SavePrivate(key, In("closed.pem"), "right");

        KeyFile.LoadPrivate(In("open.pem"), () => throw new InvalidOperationException("asked"));
        Refused(ErrorCode.PassphraseNeeded, () => KeyFile.LoadPrivate(In("closed.pem")));
        Refused(ErrorCode.PassphraseNeeded, () => KeyFile.LoadPrivate(In("closed.pem"), () => null));
        Refused(ErrorCode.WrongPassphrase, () => KeyFile.LoadPrivate(In("closed.pem"), () => "wrong"));
        Refused(ErrorCode.WrongPassphrase, () => KeyFile.LoadPrivate(In("closed.pem"), () => ""));
    }

    [TestMethod]
    public void A_public_key_does_not_sign()
    {
        KeyFile.SavePublic(SigningKey.Generate(KeyAlgorithm.Ed25519).PublicKey, In("pub.pem"));
        Refused(ErrorCode.PrivateKeyNeeded, () => KeyFile.LoadPrivate(In("pub.pem")));
    }

    [TestMethod]
    [DataRow(KeyAlgorithm.Ed25519, false)]
    [DataRow(KeyAlgorithm.Ed25519, true)]
    [DataRow(KeyAlgorithm.EcdsaP256, false)]
    [DataRow(KeyAlgorithm.EcdsaP256, true)]
    public void Damaged_keys_are_refused_or_another_key_but_never_a_crash(KeyAlgorithm algorithm, bool publicOnly)
    {
        SigningKey key = SigningKey.Generate(algorithm);
        string pem = publicOnly ? key.PublicKey.ToPem() : key.ToPem();
        for (int i = 0; i < pem.Length; i++)
        {
            char other = pem[i] == 'A' ? 'B' : 'A';
            foreach (string damaged in new[] { pem[..i], pem[..i] + other + pem[(i + 1)..], pem[..i] + pem[(i + 1)..] })
            {
                try
                {
                    KeyPem.ReadPublic(damaged, "damaged.pem");
                }
                catch (FirmwareException e)
                {
                    Assert.IsTrue(e.Code.Number is >= 1201 and <= 1205, $"{i}: {e.Message}");
                }
            }
        }
    }

    private string In(string name) => Path.Combine(_folder, name);

    private static FirmwareException Refused(ErrorCode code, Action action)
    {
        FirmwareException exception = Assert.ThrowsExactly<FirmwareException>(action);
        Assert.AreSame(code, exception.Code);
        return exception;
    }
}
