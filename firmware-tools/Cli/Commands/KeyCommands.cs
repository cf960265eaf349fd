using System.CommandLine;
using Twinbank.Cli.Terminal;
using Twinbank.Errors;
using Twinbank.Images.Keys;

namespace Twinbank.Cli.Commands;

/// <summary><c>fw key new|show</c></summary>
static class KeyCommands
{
    internal static Command Create(CommandHost host)
        => CommandHost.Group("key", "Make and show signing keys.", New(host), Show(host));

    static Command New(CommandHost host)
    {
        var path = new Argument<string>("path") { Description = "File for the private key (PEM, PKCS#8)." };
        var algorithm = new Option<string>("--algorithm")
        {
            Description = "ed25519, or p256 for chips that have it in hardware.", DefaultValueFactory = _ => "ed25519",
        };
        var publicPath = new Option<string?>("--public") { Description = "File for the public key; default: PATH.pub." };
        var encrypt = new Option<bool>("--encrypt") { Description = "Encrypt the private key with a passphrase." };
        Option<string?> passphraseFile = Shared.PassphraseFile();
        Option<bool> force = Shared.Force();
        Option<bool> dryRun = Shared.DryRun();
        return host.Make("new", "Make a new signing key.", (parsed, output, _) =>
        {
            string target = parsed.GetRequiredValue(path);
            string publicTarget = parsed.GetValue(publicPath) ?? target + ".pub";
            ImageFiles.RefuseExisting(target, parsed.GetValue(force));
            ImageFiles.RefuseExisting(publicTarget, parsed.GetValue(force));
            SigningKey key = SigningKey.Generate(AlgorithmOf(parsed.GetRequiredValue(algorithm)));
            if (!parsed.GetValue(dryRun))
            {
                string? passphrase = parsed.GetValue(encrypt) || parsed.GetValue(passphraseFile) != null
                    ? Shared.NewPassphrase(output, target, parsed.GetValue(passphraseFile))
                    : null;
                KeyFile.SavePrivate(key, target, passphrase, parsed.GetValue(force));
                KeyFile.SavePublic(key.PublicKey, publicTarget, parsed.GetValue(force));
            }

            Write(output, key.PublicKey, target, publicTarget);
            return Task.CompletedTask;
        }, path, algorithm, publicPath, encrypt, passphraseFile, force, dryRun);
    }

    static Command Show(CommandHost host)
    {
        var path = new Argument<string>("path") { Description = "A private or public key file." };
        Option<string?> passphraseFile = Shared.PassphraseFile();
        return host.Make("show", "Show a key's algorithm, id and public half. Never the secret.", (parsed, output, _) =>
        {
            string file = parsed.GetRequiredValue(path);
            PublicKey key = KeyFile.LoadPublic(
                file, () => Shared.Passphrase(output, file, parsed.GetValue(passphraseFile)));
            Write(output, key, file, null);
            return Task.CompletedTask;
        }, path, passphraseFile);
    }

    static KeyAlgorithm AlgorithmOf(string word)
        => word.ToUpperInvariant() switch
        {
            "ED25519" => KeyAlgorithm.Ed25519,
            "P256" or "ECDSA-P256" => KeyAlgorithm.EcdsaP256,
            _ => throw new FirmwareException(
                ErrorCode.BadArgument, ("argument", "--algorithm"), ("value", word), ("reason", "it is ed25519 or p256")),
        };

    static void Write(CommandOutput output, PublicKey key, string path, string? publicPath)
        => output.Result(
            new
            {
                algorithm = key.Algorithm, keyId = key.KeyIdText, publicKey = Convert.ToHexStringLower(key.Raw.Span),
                path, publicPath,
            },
            () =>
            {
                output.Results.WriteLine($"algorithm   {key.Algorithm}");
                output.Results.WriteLine($"key id      {key.KeyIdText}");
                output.Results.WriteLine($"public key  {Convert.ToHexStringLower(key.Raw.Span)}");
                output.Results.WriteLine($"file        {path}");
                if (publicPath != null)
                {
                    output.Results.WriteLine($"public file {publicPath}");
                }
            });
}
