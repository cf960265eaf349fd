using System.CommandLine;
using Spectre.Console;
using Twinbank.Cli.Terminal;
using Twinbank.Core;
using Twinbank.Core.Format;
using Twinbank.Core.Install;
using Twinbank.Images;
using Twinbank.Images.Containers;
using Twinbank.Images.Verifying;

namespace Twinbank.Cli.Commands;

/// <summary><c>fw image inspect</c></summary>
static class ImageInspectCommand
{
    internal static Command Create(CommandHost host)
    {
        Argument<string> path = ImageFiles.Path();
        Option<string[]> keys = ImageFiles.TrustedKeys();
        var blocks = new Option<bool>("--blocks") { Description = "List every block." };
        return host.Make("inspect", "Show what an image file contains.", (parsed, output, _) =>
        {
            UpdateFile update = UpdateFile.Load(parsed.GetRequiredValue(path));
            ContainerFile file = update.For(null);
            IReadOnlyList<SignatureCheck> signatures = SignatureCheck.CheckAll(
                file, ImageFiles.LoadKeys(output, parsed.GetValue(keys)));
            output.Result(
                View(file, update, signatures),
                () => Write(output, file, update, signatures, parsed.GetValue(blocks)));
            return Task.CompletedTask;
        }, path, keys, blocks);
    }

    static string VersionOf(Manifest m)
        => new ImageVersion(m.VersionMajor, m.VersionMinor, m.VersionPatch, m.VersionBuild).ToString();

    static object View(ContainerFile file, UpdateFile update, IReadOnlyList<SignatureCheck> signatures)
    {
        Manifest m = file.Manifest;
        return new
        {
            file = file.Subject, kind = file.Header.Kind, fileBytes = file.Bytes.Length,
            baseDigest = file.IsDelta ? Shared.Hex(file.Header.BaseDigest) : null,
            alternatives = update.Alternatives.Select(one => new
            {
                kind = one.Header.Kind, baseDigest = one.IsDelta ? Shared.Hex(one.Header.BaseDigest) : null,
                bytes = one.Bytes.Length,
            }),
            name = ManifestText.Name(m, Manifest.ImageNameOffset), version = VersionOf(m),
            board = ManifestText.Name(m, Manifest.BoardIdOffset), digest = Shared.Hex(file.ManifestDigest),
            imageKind = m.ImageKind, payloadKind = m.PayloadKind, securityCounter = m.SecurityCounter,
            hardwareRevisions = RevisionsOf(m), virtualBase = $"0x{m.VirtualBase:X8}", virtualBytes = m.VirtualBytes,
            entry = $"0x{m.EntryAddress:X8}", payloadBytes = m.PayloadBytes, blockBytes = m.BlockBytes,
            description = ManifestText.Description(m), promoteAfterSeconds = PromotionRule.AfterSeconds(m),
            signatures = signatures.Select(s => new { algorithm = s.AlgorithmId, s.KeyId, outcome = s.Outcome }),
            extents = Enumerable.Range(0, m.ExtentCount).Select(e => new
            {
                virtualStart = $"0x{m.VirtualBase + m.ExtentVirtualStart(e):X8}", bytes = m.ExtentLengthBytes(e),
                slotOffset = $"0x{m.ExtentSlotOffset(e):X8}",
            }),
            blocks = Enumerable.Range(0, m.BlockCount).Select(b => new
            {
                virtualStart = $"0x{m.VirtualBase + m.BlockVirtualStart(b):X8}", dataBytes = m.BlockDataBytes(b),
                carried = file.Carriers.Method(b), carriedBytes = file.Carriers.PayloadBytes(b),
                sha256 = Shared.Hex(m.Source.AsSpan(m.BlockDigestSourceOffset(b), Manifest.DigestBytes)),
            }),
        };
    }

    static string RevisionsOf(Manifest m)
        => m.HardwareRevisions == uint.MaxValue
            ? "all"
            : string.Join(',', Enumerable.Range(0, 32).Where(bit => (m.HardwareRevisions & (1u << bit)) != 0));

    static void Write(
        CommandOutput output, ContainerFile file, UpdateFile update, IReadOnlyList<SignatureCheck> signatures,
        bool blocks)
    {
        Manifest m = file.Manifest;
        TextWriter to = output.Results;
        to.WriteLine($"{ManifestText.Name(m, Manifest.ImageNameOffset)} {VersionOf(m)} for {ManifestText.Name(m, Manifest.BoardIdOffset)}"
            + $" ({file.Header.Kind.ToString().ToLowerInvariant()} container, {Shared.Size(file.Bytes.Length)})");
        to.WriteLine($"  digest            {Shared.Hex(file.ManifestDigest)}");
        foreach (ContainerFile one in update.Alternatives.Where(one => one.IsDelta))
        {
            string bytes = update.Alternatives.Count > 1 ? $", {Shared.Size(one.Bytes.Length)}" : "";
            to.WriteLine($"  over base         {Shared.Hex(one.Header.BaseDigest)}{bytes}");
        }

        to.WriteLine($"  payload           {m.PayloadKind}, {Shared.Size(m.PayloadBytes)}");
        to.WriteLine($"  addresses         0x{m.VirtualBase:X8} to 0x{m.VirtualBase + m.VirtualBytes - 1:X8}, entry 0x{m.EntryAddress:X8}");
        to.WriteLine($"  blocks            {m.BlockCount} of {Shared.Size(m.BlockBytes)}, {m.ExtentCount} extents");
        to.WriteLine($"  security counter  {m.SecurityCounter}");
        to.WriteLine($"  hardware          revisions {RevisionsOf(m)}");
        int probation = TlvRecords.Find(m, TlvRecords.Probation);
        if (probation >= 0)
        {
            to.WriteLine($"  trial             {LittleEndian.ReadU32(m.Source, probation)} s probation,"
                + $" {LittleEndian.ReadU32(m.Source, probation + 4)} boots");
        }

        if (PromotionRule.AfterSeconds(m) is > 0 and var seconds)
        {
            to.WriteLine($"  golden            by itself after {seconds} s without a reset");
        }

        if (ManifestText.Description(m) is { } description)
        {
            to.WriteLine($"  description       {description}");
        }

        foreach (SignatureCheck signature in signatures)
        {
            string algorithm = signature.AlgorithmId switch { 1 => "Ed25519", 2 => "ECDSA P-256", _ => $"algorithm {signature.AlgorithmId}" };
            string outcome = signature.Outcome switch
            {
                SignatureOutcome.Valid => "valid", SignatureOutcome.Wrong => "WRONG", _ => "not checked: give its key with --key",
            };
            to.WriteLine($"  signature         {algorithm}, key {signature.KeyId}: {outcome}");
        }

        if (blocks)
        {
            WriteBlocks(output, file);
        }
    }

    static void WriteBlocks(CommandOutput output, ContainerFile file)
    {
        Manifest m = file.Manifest;
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("block", "virtual address", "data bytes", "carried as", "carried bytes", "sha-256");
        for (int b = 0; b < m.BlockCount; b++)
        {
            table.AddRow(
                $"{b}", $"0x{m.VirtualBase + m.BlockVirtualStart(b):X8}", $"{m.BlockDataBytes(b)}",
                $"{file.Carriers.Method(b)}", $"{file.Carriers.PayloadBytes(b)}",
                Shared.Hex(m.Source.AsSpan(m.BlockDigestSourceOffset(b), 8)) + "...");
        }

        output.Screen.Write(table);
    }
}
