using System.CommandLine;
using Twinbank.Cli.Terminal;
using Twinbank.Errors;
using Twinbank.Images;
using Twinbank.Images.Containers;
using Twinbank.Images.Keys;
using Twinbank.Images.Updates;

namespace Twinbank.Cli.Commands;

/// <summary>Reads image files and keys as options name them.</summary>
static class ImageFiles
{
    internal static Argument<string> Path(string name = "image", string text = "An image file (.fwi).")
        => new(name) { Description = text };

    internal static Option<string?> BaseImage() => new("--base-image")
    {
        Description = "The image that a delta was made against.",
    };

    internal static Option<string[]> TrustedKeys() => new("--key", "-k")
    {
        Description = "Public key that is trusted; may be given several times.", Arity = ArgumentArity.ZeroOrMore,
    };

    internal static IReadOnlyList<PublicKey> LoadKeys(CommandOutput output, IEnumerable<string>? paths)
        => [.. (paths ?? []).Select(path => KeyFile.LoadPublic(path, () => Shared.Passphrase(output, path, null)))];

    /// <summary>The whole image in a container file; a delta is put together with its base.</summary>
    internal static TargetImage Decode(string path, string? basePath)
    {
        TargetImage? from = basePath == null ? null : Decode(basePath, null);
        return new ContainerDecoder(Codecs.NewDecoders()).Decode(UpdateFile.Load(path).For(from?.ManifestDigest), from);
    }

    internal static void RefuseExisting(string path, bool force)
    {
        if (File.Exists(path) && !force)
        {
            throw new FirmwareException(ErrorCode.FileExists, ("path", path));
        }
    }
}
