using System.ComponentModel;
using System.Diagnostics;
using Twinbank.Errors;
using Twinbank.Images.Keys;

namespace Twinbank.Images.Tests.Keys;

/// <summary>
/// The other source of truth for key files. Skipped, with the reason, where openssl is not installed.
/// </summary>
[TestClass]
public sealed class OpensslTests
{
    private string _folder = "";

    [TestInitialize]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("openssl").FullName;
        try
        {
            Openssl("version");
        }
        catch (Win32Exception)
        {
            Assert.Inconclusive("openssl is not installed.");
        }
    }

    [TestCleanup]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    [DataRow(KeyAlgorithm.Ed25519, null)]
    [DataRow(KeyAlgorithm.Ed25519, "pass phrase")]
    [DataRow(KeyAlgorithm.EcdsaP256, null)]
    [DataRow(KeyAlgorithm.EcdsaP256, "Zürich")]
    public void Openssl_reads_what_we_write(KeyAlgorithm algorithm, string? passphrase)
    {
        SigningKey key = SigningKey.Generate(algorithm);
        KeyFile.SavePrivate(key, In("key.pem"), passphrase);
        KeyFile.SavePublic(key.PublicKey, In("pub.pem"));
        string[] pass = passphrase is null ? [] : ["-passin", "pass:" + passphrase];

        string derived = Openssl(["pkey", "-in", In("key.pem"), "-pubout", .. pass]);

        Assert.AreEqual(key.PublicKey.ToPem(), derived);
        Assert.AreEqual(derived, Openssl("pkey", "-pubin", "-in", In("pub.pem"), "-pubout"));
    }

    [TestMethod]
    [DataRow("genpkey -algorithm ed25519 -out key.pem")]
    [DataRow("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem")]
    [DataRow("genpkey -algorithm ed25519 -aes-256-cbc -pass pass:secret -out key.pem")]
    [DataRow("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes-128-cbc -pass pass:secret -out key.pem")]
    [DataRow("genpkey -algorithm ed25519 -aes-192-cbc -pass pass:secret -out key.pem")]
    [DataRow("ecparam -name prime256v1 -genkey -out key.pem")]
    public void We_read_what_openssl_writes(string command)
    {
        Openssl(command.Split(' '));
        string expected = Openssl("pkey", "-in", In("key.pem"), "-passin", "pass:secret", "-pubout");

        SigningKey key = KeyFile.LoadPrivate(In("key.pem"), () => "secret");

        Assert.AreEqual(expected, key.PublicKey.ToPem());
        File.WriteAllText(In("pub.pem"), expected);
        Assert.AreEqual(key.PublicKey, KeyFile.LoadPublic(In("pub.pem")));
    }

    [TestMethod]
    [DataRow("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out key.pem", "RSA")]
    [DataRow("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out key.pem", "EC on secp384r1")]
    [DataRow("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp256k1 -out key.pem", "EC on secp256k1")]
    [DataRow("ecparam -name secp521r1 -genkey -noout -out key.pem", "EC on secp521r1")]
    public void Names_the_kind_of_a_key_that_does_not_sign_images(string command, string kind)
    {
        Openssl(command.Split(' '));
        FirmwareException exception = Assert.ThrowsExactly<FirmwareException>(() => KeyFile.LoadPrivate(In("key.pem")));
        Assert.AreSame(ErrorCode.UnsupportedKeyKind, exception.Code);
        Assert.Contains(kind, exception.Message);

        File.WriteAllText(In("pub.pem"), Openssl("pkey", "-in", In("key.pem"), "-pubout"));
        exception = Assert.ThrowsExactly<FirmwareException>(() => KeyFile.LoadPublic(In("pub.pem")));
        Assert.AreSame(ErrorCode.UnsupportedKeyKind, exception.Code);
    }

    [TestMethod]
    public void Says_how_to_convert_a_key_encrypted_the_old_way()
    {
        Openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", In("plain.pem"));
        Openssl("ec", "-in", In("plain.pem"), "-aes256", "-passout", "pass:secret", "-out", In("key.pem"));
        FirmwareException exception = Assert.ThrowsExactly<FirmwareException>(
            () => KeyFile.LoadPrivate(In("key.pem"), () => "secret"));
        Assert.Contains("openssl pkcs8 -topk8", exception.Message);
    }

    [TestMethod]
    [DataRow("-scrypt", "convert it with")]
    [DataRow("-v1 PBE-SHA1-3DES", "convert it with")]
    [DataRow("-iter 10000001", "asks for 10000001 rounds")]
    public void Refuses_encryption_that_is_not_read_before_it_asks(string options, string expected)
    {
        Openssl("genpkey -algorithm ed25519 -out plain.pem".Split(' '));
        Openssl([.. "pkcs8 -topk8 -in plain.pem -passout pass:x -out key.pem".Split(' '), .. options.Split(' ')]);
        FirmwareException exception = Assert.ThrowsExactly<FirmwareException>(
            () => KeyFile.LoadPrivate(In("key.pem"), () => throw new InvalidOperationException("asked")));
        Assert.AreSame(ErrorCode.BadKeyFile, exception.Code);
        Assert.Contains(expected, exception.Message);
    }

    [TestMethod]
    public void Openssl_verifies_our_signature()
    {
        SigningKey key = SigningKey.Generate(KeyAlgorithm.Ed25519);
        byte[] message = [.. Enumerable.Range(0, 56).Select(i => (byte)i)];
        KeyFile.SavePublic(key.PublicKey, In("pub.pem"));
        File.WriteAllBytes(In("message"), message);
        File.WriteAllBytes(In("signature"), key.Sign(message));

        string answer = Openssl(
            "pkeyutl", "-verify", "-pubin", "-inkey", In("pub.pem"), "-rawin", "-in", In("message"),
            "-sigfile", In("signature"));

        Assert.Contains("Signature Verified Successfully", answer);
    }

    private string In(string name) => Path.Combine(_folder, name);

    private string Openssl(params string[] arguments)
    {
        var start = new ProcessStartInfo("openssl", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, $"openssl {string.Join(' ', arguments)}: {error.Result}");
        return output;
    }
}
