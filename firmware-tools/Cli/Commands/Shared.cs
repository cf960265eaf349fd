using System.CommandLine;
using System.Globalization;
using Twinbank.Cli.Terminal;
using Twinbank.Errors;
using Twinbank.Links;

namespace Twinbank.Cli.Commands;

/// <summary>Options that several commands have, so that they are spelled and read the same everywhere.</summary>
static class Shared
{
    const int PassphraseFileBytesMax = 4096;

    internal static Option<bool> Force() => new("--force") { Description = "Overwrite files that exist." };

    internal static Option<bool> DryRun() => new("--dry-run") { Description = "Do everything but write." };

    internal static Option<string?> PassphraseFile() => new("--passphrase-file")
    {
        Description = "File whose first line is the key's passphrase; else FW_KEY_PASSPHRASE, else a question.",
    };

    internal static Option<string> Port() => new("--port", "-p")
    {
        Description = "The device: serial:/dev/ttyACM0, tcp:HOST:PORT or unix:PATH. Default: FW_PORT.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("FW_PORT") ?? "",
    };

    internal static LinkAddress Address(ParseResult parsed, Option<string> port)
    {
        string text = parsed.GetValue(port) ?? "";
        return text.Length > 0
            ? LinkAddress.Parse(text)
            : throw new FirmwareException(
                ErrorCode.OptionMissing, ("option", "--port"), ("reason", "FW_PORT is not set either"));
    }

    /// <summary>The passphrase of a key that exists: from the file, the environment, or the user.</summary>
    internal static string? Passphrase(CommandOutput output, string keyPath, string? file)
        => Configured(output, file) ?? output.AskSecret($"Passphrase of {keyPath}:");

    /// <summary>
    /// The passphrase for a key that is to be written; asked twice, because a typo would lose the key.
    /// </summary>
    internal static string NewPassphrase(CommandOutput output, string keyPath, string? file)
    {
        if (Configured(output, file) is { } configured)
        {
            return configured;
        }

        string first = output.AskSecret($"New passphrase for {keyPath}:")
            ?? throw new FirmwareException(ErrorCode.PassphraseNeeded, ("path", keyPath));
        return first.Length > 0 && output.AskSecret("The same again:") == first
            ? first
            : throw new FirmwareException(ErrorCode.PassphraseMismatch);
    }

    static string? Configured(CommandOutput output, string? file)
        => file == null
            ? output.Variable("FW_KEY_PASSPHRASE") is { Length: > 0 } text ? text : null
            : InputFile.ReadText(file, PassphraseFileBytesMax).Split('\n')[0].TrimEnd('\r') is { Length: > 0 } line
                ? line
                : throw new FirmwareException(ErrorCode.FileEmpty, ("path", file));

    /// <summary>A number as people write it: 4096, 0x1000.</summary>
    internal static uint Number(string option, string text)
    {
        bool hex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return uint.TryParse(
            hex ? text[2..] : text, hex ? NumberStyles.HexNumber : NumberStyles.None, CultureInfo.InvariantCulture,
            out uint value)
            ? value
            : throw new FirmwareException(
                ErrorCode.BadArgument, ("argument", option), ("value", text),
                ("reason", "it is a number such as 4096 or 0x1000, at most 0xFFFFFFFF"));
    }

    internal static uint? NumberOrNull(ParseResult parsed, Option<string?> option)
        => parsed.GetValue(option) is { } text ? Number(option.Name, text) : null;

    /// <summary>Writes a result file whole or not at all, and never over another one without --force.</summary>
    internal static void WriteFile(string path, byte[] bytes, bool force)
    {
        if (File.Exists(path) && !force)
        {
            throw new FirmwareException(ErrorCode.FileExists, ("path", path));
        }

        string temporary = path + ".part";
        try
        {
            File.WriteAllBytes(temporary, bytes);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FirmwareException(ErrorCode.FileUnwritable, error, ("path", path), ("reason", error.Message));
        }
    }

    internal static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    internal static string Size(long bytes)
        => bytes < 1024
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes} B")
            : string.Create(CultureInfo.InvariantCulture, $"{bytes} B ({bytes / 1024.0:0.0} KiB)");
}
