using Twinbank.Core.Format;
using Twinbank.Core.Journal;
using Twinbank.Core.Recipes;
using Twinbank.Core.Slots;
using Twinbank.Core.Trust;

namespace Twinbank.Core.Install;

/// <summary>Whether this device accepts the part of a container that comes first.</summary>
sealed class InstallTables
{
    readonly DeviceStorage _storage;
    readonly ContainerTables _tables;

    internal InstallTables(DeviceStorage storage)
    {
        _storage = storage;
        _tables = new ContainerTables(storage.Sha256);
    }

    internal ContainerHeader Header => _tables.Header;

    internal Manifest Manifest => _tables.Manifest;

    internal CarrierTable Carriers => _tables.Carriers;

    internal AddressMap? Map => _tables.Map;

    internal byte[] ManifestDigest => _tables.ManifestDigest;

    /// <summary>True to accept an image that failed its trial here before.</summary>
    internal bool Insist { get; set; }

    /// <summary>Reads the header; TooLarge when its tables do not fit the device's memory.</summary>
    internal Status ReadHeader(byte[] source, int count, int tablesBytesMax)
        => _tables.ReadHeader(source, count, tablesBytesMax);

    /// <summary>
    /// Everything that can be known before a block is touched: checksum, structure, signature, board, counter,
    /// geometry, an earlier failure, and the base of a delta, which is loaded into <paramref name="baseImage"/>.
    /// </summary>
    internal Status Accept(byte[] tables, Slot target, StoredImage baseImage)
    {
        Status status = _tables.Parse(tables);
        if (status == Status.Ok)
        {
            status = CheckTrust();
        }

        if (status == Status.Ok)
        {
            status = StoredImage.CheckGeometry(Manifest, target);
        }

        return status == Status.Ok && Header.Kind == ContainerKind.Delta ? LoadBase(baseImage) : status;
    }

    Status CheckTrust()
    {
        Status status = _storage.Trust.Verify(_tables.Signatures, ManifestDigest, 0);
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
        JournalRecord current = _storage.Journal.Current;
        Slot? active = _storage.Journal.HasRecord ? _storage.FindSlot(current.ActiveSlot) : null;
        if (active == null || baseImage.Load(active, current.ActiveGeneration) != Status.Ok)
        {
            return Status.WrongBase;
        }

        return Bytes.Equal(baseImage.ManifestDigest, 0, Header.BaseDigest, 0, Manifest.DigestBytes)
            ? Status.Ok
            : Status.WrongBase;
    }
}
