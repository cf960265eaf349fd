using System.Security.Cryptography;
using Twinbank.Core;
using Twinbank.Core.Format;
using Twinbank.Core.Recipes;
using Twinbank.Errors;

namespace Twinbank.Images.Containers;

/// <summary>A container read from a file, its tables checked. The payload is not decoded here.</summary>
public sealed class ContainerFile
{
    readonly byte[] _bytes;

    ContainerFile(string subject, byte[] bytes, ContainerHeader header)
    {
        Subject = subject;
        _bytes = bytes;
        Header = header;
    }

    /// <summary>What errors call it: the file's name.</summary>
    public string Subject { get; }

    public ContainerHeader Header { get; }

    public Manifest Manifest { get; } = new();

    public SignatureArea Signatures { get; } = new();

    public CarrierTable Carriers { get; } = new();

    public ReadOnlyMemory<byte> Bytes => _bytes;

    public bool IsDelta => Header.Kind == ContainerKind.Delta;

    public byte[] ManifestBytes => _bytes[ContainerHeader.SizeBytes..(ContainerHeader.SizeBytes + ManifestLength)];

    public byte[] SignatureAreaBytes
        => _bytes.AsSpan(ContainerHeader.SizeBytes + ManifestLength, (int)Header.SignatureAreaBytes).ToArray();

    /// <summary>SHA-256 of the manifest: the image's identity.</summary>
    public byte[] ManifestDigest
        => SHA256.HashData(_bytes.AsSpan(ContainerHeader.SizeBytes, ManifestLength));

    int ManifestLength => (int)Header.ManifestBytes;

    /// <summary>Largest container that is read: tables at their limits and a payload of 2 GiB.</summary>
    public const long ContainerBytesMax = int.MaxValue - 4096;

    /// <summary>
    /// Reads a file; FW1xxx when it cannot be read, FW20xx when it is no sound container. Of a set of containers it
    /// gives one: all have the same target.
    /// </summary>
    public static ContainerFile Load(string path) => UpdateFile.Load(path).For(null);

    /// <summary>Checks the bytes of a container. <paramref name="subject"/> names them in errors.</summary>
    public static ContainerFile Parse(string subject, byte[] bytes)
    {
        var header = new ContainerHeader();
        Require(header.Read(bytes, 0, bytes.Length), subject);
        Require(header.TablesCodecId == 0 ? Status.Ok : Status.NotSupported, $"the tables of {subject}");
        if (bytes.Length != header.ContainerBytes)
        {
            throw new FirmwareException(ErrorCode.BadLength, ("subject", subject));
        }

        var file = new ContainerFile(subject, bytes, header);
        file.ParseTables();
        return file;
    }

    /// <summary>The carried bytes of a block, checked against their CRC.</summary>
    public ReadOnlySpan<byte> ReadCarried(int block)
    {
        ReadOnlySpan<byte> carried = CarriedSpan(block);
        uint crc = carried.IsEmpty ? 0 : HostCrc32C.Compute(carried);
        return crc == Carriers.Crc(block)
            ? carried
            : throw StatusErrors.ToException(Status.BadChecksum, $"Block {block} of {Subject}");
    }

    /// <summary>The carried bytes of a block as they are in the file.</summary>
    public ReadOnlySpan<byte> CarriedSpan(int block)
        => _bytes.AsSpan(
            checked((int)(Header.PayloadStart + Carriers.PayloadOffset(block))), (int)Carriers.PayloadBytes(block));

    /// <summary>The address map of a delta, or null when it has none.</summary>
    public AddressMap? Map { get; private set; }

    void ParseTables()
    {
        int start = ContainerHeader.SizeBytes;
        if (HostCrc32C.Compute(_bytes.AsSpan(start, (int)Header.TablesBytes)) != Header.TablesCrc)
        {
            throw new FirmwareException(ErrorCode.BadChecksum, ("subject", $"the tables of {Subject}"));
        }

        Require(Manifest.Parse(_bytes, start, ManifestLength), $"the manifest of {Subject}");
        start += ManifestLength;
        Require(Signatures.Parse(_bytes, start, (int)Header.SignatureAreaBytes), $"the signature area of {Subject}");
        start += (int)Header.SignatureAreaBytes;
        Require(
            Carriers.Parse(_bytes, start, (int)Header.CarrierTableBytes, Manifest, Header),
            $"the carrier table of {Subject}");
        start += (int)Header.CarrierTableBytes;
        if (Header.AddressMapBytes > 0)
        {
            Map = new AddressMap();
            Require(Map.Parse(_bytes, start, (int)Header.AddressMapBytes), $"the address map of {Subject}");
        }
    }

    static void Require(Status status, string subject)
        => StatusErrors.ThrowUnlessOk(status == Status.NeedMoreData ? Status.BadLength : status, subject);
}
