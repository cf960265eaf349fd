using Twinbank.Core.Checks;
using Twinbank.Core.Format;
using Twinbank.Core.Slots;
using Twinbank.Core.Trust;

namespace Twinbank.Core.Install;

/// <summary>The part of a container that comes first, and whether this device accepts it.</summary>
sealed class InstallTables
{
    readonly DeviceStorage _storage;
    readonly SignatureArea _signatures = new SignatureArea();

    internal InstallTables(DeviceStorage storage) => _storage = storage;

    internal ContainerHeader Header { get; } = new ContainerHeader();

    internal Manifest Manifest { get; } = new Manifest();

    internal CarrierTable Carriers { get; } = new CarrierTable();

    internal byte[] ManifestDigest { get; } = new byte[Manifest.DigestBytes];

    /// <summary>True to accept an image that failed its trial here before.</summary>
    internal bool Insist { get; set; }

    /// <summary>Reads the header; TooLarge when its tables do not fit the device's memory.</summary>
    internal Status ReadHeader(byte[] source, int count, int tablesBytesMax)
    {
        Status status = Header.Read(source, 0, count);
        return status == Status.Ok && Header.TablesBytes > (uint)tablesBytesMax ? Status.TooLarge : status;
    }

    /// <summary>
    /// Everything that can be known before a block is touched: checksum, structure, signature, board, counter,
    /// geometry, an earlier failure, and the base of a delta, which is loaded into <paramref name="baseImage"/>.
    /// </summary>
    internal Status Accept(byte[] tables, Slot target, StoredImage baseImage)
    {
        if (Crc32C.Compute(tables, 0, (int)Header.TablesBytes) != Header.TablesCrc)
        {
            return Status.BadChecksum;
        }

        int manifestBytes = (int)Header.ManifestBytes;
        int signatureBytes = (int)Header.SignatureAreaBytes;
        Status status = Manifest.Parse(tables, 0, manifestBytes);
        if (status == Status.Ok)
        {
            status = _signatures.Parse(tables, manifestBytes, signatureBytes);
        }

        if (status == Status.Ok)
        {
            status = CheckTrust(tables, manifestBytes);
        }

        if (status == Status.Ok)
        {
            status = StoredImage.CheckGeometry(Manifest, target);
        }

        if (status == Status.Ok)
        {
            status = Carriers.Parse(
                tables, manifestBytes + signatureBytes, (int)Header.CarrierTableBytes, Manifest, Header);
        }

        return status == Status.Ok && Header.Kind == ContainerKind.Delta ? LoadBase(baseImage) : status;
    }

    Status CheckTrust(byte[] tables, int manifestBytes)
    {
        DigestAlgorithm sha256 = _storage.Sha256;
        sha256.Reset();
        sha256.Update(tables, 0, manifestBytes);
        sha256.Finish(ManifestDigest, 0);
        Status status = _storage.Trust.Verify(_signatures, ManifestDigest, 0);
        if (status == Status.Ok)
        {
            status = ImageAcceptance.Check(Manifest, _storage.Identity, _storage.SecurityFloor);
        }

        return status == Status.Ok && !Insist && _storage.Journal.HasRecord
            && ImageControl.HasFailed(_storage.Journal.Current, ManifestDigest)
            ? Status.FailedBefore
            : status;
    }

    Status LoadBase(StoredImage baseImage)
    {
        Slot? active = _storage.Journal.HasRecord ? _storage.FindSlot(_storage.Journal.Current.ActiveSlot) : null;
        if (active == null || baseImage.Load(active) != Status.Ok)
        {
            return Status.WrongBase;
        }

        return Bytes.Equal(baseImage.ManifestDigest, 0, Header.BaseDigest, 0, Manifest.DigestBytes)
            ? Status.Ok
            : Status.WrongBase;
    }
}
