using System.CommandLine;
using Twinbank.Errors;
using Twinbank.Images;
using Twinbank.Images.Containers;
using Twinbank.Images.Keys;
using Twinbank.Images.Updates;
using Twinbank.Images.Verifying;

namespace Twinbank.Cli.Commands;

/// <summary><c>fw image verify</c></summary>
static class ImageVerifyCommand
{
    internal static Command Create(CommandHost host)
    {
        Argument<string> path = ImageFiles.Path();
        Option<string[]> keys = ImageFiles.TrustedKeys();
        Option<string?> basePath = ImageFiles.BaseImage();
        return host.Make("verify", "Check signatures and every block hash. Exit code 4 when refused.", (parsed, output, _) =>
        {
            IReadOnlyList<PublicKey> trusted = ImageFiles.LoadKeys(output, parsed.GetValue(keys));
            if (trusted.Count == 0)
            {
                throw new FirmwareException(
                    ErrorCode.OptionMissing, ("option", "--key"), ("reason", "a signature is worth what its key is worth"));
            }

            TargetImage? from = parsed.GetValue(basePath) is { } text ? ImageFiles.Decode(text, null) : null;
            ContainerFile file = UpdateFile.Load(parsed.GetRequiredValue(path)).For(from?.ManifestDigest);
            IReadOnlyList<SignatureCheck> checks = ImageVerifier.Verify(file, trusted, from, Codecs.NewDecoders());
            string keyId = checks.First(check => check.Outcome == SignatureOutcome.Valid).KeyId;
            output.Result(
                new { file = file.Subject, valid = true, keyId, digest = Shared.Hex(file.ManifestDigest) },
                () => output.Results.WriteLine(
                    $"{file.Subject}: good, signed by key {keyId}, {file.Manifest.BlockCount} blocks hold"));
            return Task.CompletedTask;
        }, path, keys, basePath);
    }
}
