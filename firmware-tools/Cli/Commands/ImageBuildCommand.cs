using System.CommandLine;
using Twinbank.Boards;
using Twinbank.Cli.Terminal;
using Twinbank.Core.Format;
using Twinbank.Errors;
using Twinbank.Formats;
using Twinbank.Images;
using Twinbank.Images.Building;
using Twinbank.Images.Keys;
using Twinbank.Images.Updates;

namespace Twinbank.Cli.Commands;

/// <summary><c>fw image build</c></summary>
sealed class ImageBuildCommand
{
    readonly Argument<string> _payload = new("payload") { Description = "ELF, Intel HEX, S-record, DFU, UF2 or raw binary." };
    readonly Option<string> _board = new("--board", "-b") { Description = "Board id or board file.", Required = true };
    readonly Option<string[]> _key = new("--key", "-k")
    {
        Description = "Private key to sign with; several sign with each (key rotation).", Required = true,
        Arity = ArgumentArity.OneOrMore,
    };

    readonly Option<string> _out = new("--out") { Description = "The image file to write.", Required = true };
    readonly Option<string> _version = new("--version-number", "-v")
    {
        Description = "MAJOR.MINOR.PATCH[+BUILD].", Required = true,
    };

    readonly Option<string?> _name = new("--name") { Description = "Image name; default: the payload's file name." };
    readonly Option<string?> _base = new("--base") { Description = "Address of a raw binary's first byte." };
    readonly Option<string?> _format = new("--format") { Description = "Payload format when it should not be recognised." };
    readonly Option<string?> _hexBoard = new("--hex-board") { Description = "Board id (hex) in a Universal HEX file." };
    readonly Option<string?> _kind = new("--payload-kind")
    {
        Description = "nativeXip, nativeRam, nanoFramework or data; default: what the board runs.",
    };

    readonly Option<string?> _entry = new("--entry") { Description = "Entry address; default: the payload's own." };
    readonly Option<string?> _counter = new("--security-counter") { Description = "Devices refuse to go below it later." };
    readonly Option<int[]> _revisions = new("--hardware-revision")
    {
        Description = "Revision that is accepted (0 to 31); default: all.", Arity = ArgumentArity.ZeroOrMore,
    };

    readonly Option<string?> _block = new("--block-bytes") { Description = "Size of a logical block." };
    readonly Option<string?> _buffer = new("--buffer-bytes") { Description = "Part of each block kept free for its growth." };
    readonly Option<string?> _probation = new("--probation-seconds") { Description = "How long a trial must run well." };
    readonly Option<string?> _boots = new("--trial-boots") { Description = "Boots a trial is granted (1 to 15)." };
    readonly Option<string?> _promotion = new("--promote-after-seconds")
    {
        Description = "Make it golden by itself once it is confirmed and has run for so long without a reset.",
    };

    readonly Option<string?> _description = new("--description") { Description = "Text for people, up to 256 bytes." };
    readonly Option<bool> _stored = new("--no-compression") { Description = "Carry blocks as they are." };
    readonly Option<string?> _passphrase = Shared.PassphraseFile();
    readonly Option<bool> _force = Shared.Force();
    readonly Option<bool> _dryRun = Shared.DryRun();

    internal static Command Create(CommandHost host)
    {
        var it = new ImageBuildCommand();
        return host.Make(
            "build", "Make a signed image from a payload.", it.Run, it._payload, it._board, it._key, it._out, it._version,
            it._name, it._base, it._format, it._hexBoard, it._kind, it._entry, it._counter, it._revisions, it._block,
            it._buffer, it._probation, it._boots, it._promotion, it._description, it._stored, it._passphrase, it._force,
            it._dryRun);
    }

    Task Run(ParseResult parsed, CommandOutput output, CancellationToken cancellation)
    {
        string target = parsed.GetRequiredValue(_out);
        if (!parsed.GetValue(_dryRun))
        {
            ImageFiles.RefuseExisting(target, parsed.GetValue(_force));
        }

        TargetImage image = ImageBuilder.Build(Request(parsed, output));
        byte[] container;
        using (ProgressLine progress = output.StartProgress("compressing"))
        {
            container = FullContainer.Write(
                image, parsed.GetValue(_stored) ? null : Codecs.Default,
                done => progress.Report(done, image.Blocks.Count, "blocks"), cancellation);
        }

        if (!parsed.GetValue(_dryRun))
        {
            Shared.WriteFile(target, container, parsed.GetValue(_force));
        }

        Report(output, image, container.Length, target, parsed.GetValue(_dryRun));
        return Task.CompletedTask;
    }

    ImageRequest Request(ParseResult parsed, CommandOutput output)
    {
        string payload = parsed.GetRequiredValue(_payload);
        uint? boots = Shared.NumberOrNull(parsed, _boots);
        uint? probation = Shared.NumberOrNull(parsed, _probation);
        Board board = BoardCatalog.Locate().Find(parsed.GetRequiredValue(_board));
        return new ImageRequest
        {
            Board = board,
            Payload = PayloadReader.Read(payload, ReadOptions(parsed)),
            PayloadSource = payload,
            Name = parsed.GetValue(_name) ?? NameFrom(payload),
            Version = Version(parsed.GetRequiredValue(_version)),
            Keys = [.. parsed.GetRequiredValue(_key)
                .Select(path => LoadKey(output, path, parsed.GetValue(_passphrase)))],
            PayloadKind = Kind(parsed.GetValue(_kind)),
            SecurityCounter = Shared.NumberOrNull(parsed, _counter) ?? 0,
            HardwareRevisions = Revisions(parsed.GetValue(_revisions)),
            EntryAddress = Shared.NumberOrNull(parsed, _entry),
            BlockBytes = Shared.NumberOrNull(parsed, _block),
            BufferBytes = Shared.NumberOrNull(parsed, _buffer),
            Probation = boots == null && probation == null
                ? null
                : new ProbationRequest(
                    probation ?? (uint)board.Trial.ProbationSeconds, boots ?? (uint)board.Trial.BootCount),
            PromoteAfterSeconds = Shared.NumberOrNull(parsed, _promotion),
            Description = parsed.GetValue(_description),
        };
    }

    PayloadReadOptions ReadOptions(ParseResult parsed)
    {
        PayloadFormat? format = null;
        if (parsed.GetValue(_format) is { } word)
        {
            format = PayloadFormatNames.TryParse(word, out PayloadFormat found)
                ? found
                : throw new FirmwareException(
                    ErrorCode.BadArgument, ("argument", "--format"), ("value", word),
                    ("reason", "it is one of " + string.Join(", ", PayloadFormatNames.All)));
        }

        return new PayloadReadOptions
        {
            Format = format,
            BaseAddress = Shared.NumberOrNull(parsed, _base),
            UniversalHexBoard = parsed.GetValue(_hexBoard) is { } id
                ? (ushort)Shared.Number("--hex-board", id.StartsWith("0x", StringComparison.Ordinal) ? id : "0x" + id)
                : null,
        };
    }

    static SigningKey LoadKey(CommandOutput output, string path, string? passphraseFile)
        => KeyFile.LoadPrivate(path, () => Shared.Passphrase(output, path, passphraseFile));

    static ImageVersion Version(string text)
        => ImageVersion.TryParse(text, out ImageVersion version)
            ? version
            : throw new FirmwareException(
                ErrorCode.BadArgument, ("argument", "--version-number"), ("value", text),
                ("reason", "a version is MAJOR.MINOR.PATCH or MAJOR.MINOR.PATCH+BUILD"));

    static PayloadKind? Kind(string? word)
        => word == null
            ? null
            : Enum.TryParse(word, ignoreCase: true, out PayloadKind kind) && Enum.IsDefined(kind)
                ? kind
                : throw new FirmwareException(
                    ErrorCode.BadArgument, ("argument", "--payload-kind"), ("value", word),
                    ("reason", "it is one of " + string.Join(", ", Enum.GetNames<PayloadKind>())));

    static uint Revisions(int[]? numbers)
    {
        if (numbers is not { Length: > 0 })
        {
            return uint.MaxValue;
        }

        int wrong = Array.FindIndex(numbers, number => number is < 0 or > 31);
        return wrong < 0
            ? numbers.Aggregate(0u, (mask, number) => mask | (1u << number))
            : throw new FirmwareException(
                ErrorCode.BadArgument, ("argument", "--hardware-revision"), ("value", numbers[wrong]),
                ("reason", "revisions are 0 to 31"));
    }

    static string NameFrom(string path)
    {
        char[] letters = [.. Path.GetFileNameWithoutExtension(path).ToLowerInvariant()
            .Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' ? c : '-').Take(31)];
        return letters.Length > 0 ? new string(letters) : "app";
    }

    static void Report(CommandOutput output, TargetImage image, int containerBytes, string path, bool dryRun)
        => output.Result(
            new
            {
                path, written = !dryRun, image.Name, version = image.Version.ToString(), board = image.BoardId,
                digest = Shared.Hex(image.ManifestDigest), payloadBytes = image.Manifest.PayloadBytes,
                fileBytes = containerBytes, blocks = image.Blocks.Count, blockBytes = image.Manifest.BlockBytes,
            },
            () =>
            {
                output.Results.WriteLine($"{(dryRun ? "would write" : "wrote")} {path}: {image.Name} {image.Version} for {image.BoardId}");
                output.Results.WriteLine(
                    $"  payload {Shared.Size(image.Manifest.PayloadBytes)} in {image.Blocks.Count} blocks of "
                    + $"{Shared.Size(image.Manifest.BlockBytes)}; file {Shared.Size(containerBytes)}");
                output.Results.WriteLine($"  digest {Shared.Hex(image.ManifestDigest)}");
            });
}
