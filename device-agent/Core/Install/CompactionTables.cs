using Twinbank.Core.Checks;
using Twinbank.Core.Format;
using Twinbank.Core.Slots;

namespace Twinbank.Core.Install;

/// <summary>
/// The container that would bring an image to where it already is: its manifest and signatures, and every block
/// unchanged. Compaction installs it into the other slot like any delta, so it needs no steps of its own.
/// </summary>
static class CompactionTables
{
    /// <summary>Fills the header and writes it and the tables; TooLarge when the tables do not fit.</summary>
    internal static Status Write(StoredImage image, ContainerHeader head, byte[] header, byte[] tables)
    {
        Manifest manifest = image.Manifest;
        SignatureArea signatures = image.Signatures;
        int manifestBytes = (int)manifest.ManifestBytes;
        int signatureBytes = signatures.SourceBytes;
        int carriersStart = manifestBytes + signatureBytes;
        int tablesBytes = carriersStart + (manifest.BlockCount * CarrierTable.EntryBytes);
        if (tablesBytes > tables.Length)
        {
            return Status.TooLarge;
        }

        Bytes.Copy(manifest.Source, manifest.SourceOffset, tables, 0, manifestBytes);
        Bytes.Copy(signatures.Source, signatures.SourceOffset, tables, manifestBytes, signatureBytes);
        Bytes.Fill(tables, carriersStart, tablesBytes - carriersStart, 0);
        for (int block = 0; block < manifest.BlockCount; block++)
        {
            // Its argument, counted from the block itself, is 0.
            tables[carriersStart + (block * CarrierTable.EntryBytes)] = (byte)CarrierMethod.Unchanged;
        }

        head.Kind = ContainerKind.Delta;
        head.ManifestBytes = (uint)manifestBytes;
        head.SignatureAreaBytes = (uint)signatureBytes;
        head.CarrierTableBytes = (uint)(tablesBytes - carriersStart);
        head.AddressMapBytes = 0;
        head.TablesCodecId = 0;
        head.CarriedTablesBytes = (uint)tablesBytes;
        head.PayloadBytes = 0;
        head.TablesCrc = Crc32C.Compute(tables, 0, tablesBytes);
        Bytes.Copy(image.ManifestDigest, 0, head.BaseDigest, 0, Manifest.DigestBytes);
        head.Write(header, 0);
        return Status.Ok;
    }
}
