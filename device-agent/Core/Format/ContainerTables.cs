using Twinbank.Core.Checks;
using Twinbank.Core.Recipes;

namespace Twinbank.Core.Format;

/// <summary>
/// What comes first in a container: its header, then manifest, signatures and carriers as one piece of bytes. Parsed
/// here whether they come over the wire or lie in an overlay log; whether the device wants them is judged elsewhere.
/// </summary>
public sealed class ContainerTables
{
    readonly DigestAlgorithm _sha256;
    readonly AddressMap _map = new AddressMap();

    /// <param name="sha256">Shared; used only inside <see cref="Parse"/>.</param>
    public ContainerTables(DigestAlgorithm sha256) => _sha256 = sha256;

    public ContainerHeader Header { get; } = new ContainerHeader();

    public Manifest Manifest { get; } = new Manifest();

    public SignatureArea Signatures { get; } = new SignatureArea();

    public CarrierTable Carriers { get; } = new CarrierTable();

    /// <summary>The address map of a delta after <see cref="Parse"/> gave Ok; null when it has none.</summary>
    public AddressMap? Map { get; private set; }

    /// <summary>SHA-256 of the manifest after <see cref="Parse"/> gave Ok.</summary>
    public byte[] ManifestDigest { get; } = new byte[Manifest.DigestBytes];

    /// <summary>
    /// Reads the header; NotSupported for packed tables, TooLarge when they do not fit
    /// <paramref name="tablesBytesMax"/>.
    /// </summary>
    public Status ReadHeader(byte[] source, int count, int tablesBytesMax)
    {
        Status status = Header.Read(source, 0, count);
        if (status == Status.Ok && Header.TablesCodecId != 0)
        {
            return Status.NotSupported;
        }

        return status == Status.Ok && Header.TablesBytes > (uint)tablesBytesMax ? Status.TooLarge : status;
    }

    /// <summary>
    /// Checksum and structure of the tables that follow the header, and the manifest digest. The views look into
    /// <paramref name="tables"/>, which must not change while they are used.
    /// </summary>
    public Status Parse(byte[] tables)
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
            status = Signatures.Parse(tables, manifestBytes, signatureBytes);
        }

        if (status == Status.Ok)
        {
            status = Carriers.Parse(
                tables, manifestBytes + signatureBytes, (int)Header.CarrierTableBytes, Manifest, Header);
        }

        Map = null;
        if (status == Status.Ok && Header.AddressMapBytes > 0)
        {
            int mapStart = (int)(Header.TablesBytes - Header.AddressMapBytes);
            status = _map.Parse(tables, mapStart, (int)Header.AddressMapBytes);
            Map = _map;
        }

        _sha256.Reset();
        _sha256.Update(tables, 0, manifestBytes);
        _sha256.Finish(ManifestDigest, 0);
        return status == Status.NeedMoreData ? Status.BadLength : status;
    }
}
