using Twinbank.Core;
using Twinbank.Core.Format;

namespace Twinbank.Images.Containers;

/// <summary>Lays a container out as bytes (specs/image.md sections 1, 2 and 5).</summary>
public static class ContainerWriter
{
    /// <param name="image">Manifest and signatures of the target.</param>
    /// <param name="carried">One entry per block of the target.</param>
    /// <param name="baseDigest">Manifest digest of the base for a delta, null for a full container.</param>
    /// <param name="addressMap">Map that the recipes were made with; empty for none.</param>
    public static byte[] Write(
        TargetImage image, IReadOnlyList<CarriedBlock> carried, byte[]? baseDigest, byte[]? addressMap = null)
    {
        byte[] carriers = WriteCarriers(carried);
        byte[] map = addressMap ?? [];
        byte[] tables = [.. image.ManifestBytes, .. image.SignatureArea, .. carriers, .. map];
        var header = new ContainerHeader
        {
            Kind = baseDigest == null ? ContainerKind.Full : ContainerKind.Delta,
            ManifestBytes = (uint)image.ManifestBytes.Length,
            SignatureAreaBytes = (uint)image.SignatureArea.Length,
            CarrierTableBytes = (uint)carriers.Length,
            AddressMapBytes = (uint)map.Length,
            CarriedTablesBytes = (uint)tables.Length,
            PayloadBytes = checked((uint)carried.Sum(block => (long)block.Data.Length)),
            TablesCrc = HostCrc32C.Compute(tables),
        };
        baseDigest?.CopyTo(header.BaseDigest, 0);

        byte[] container = new byte[header.ContainerBytes];
        header.Write(container, 0);
        tables.CopyTo(container, ContainerHeader.SizeBytes);
        int at = (int)header.PayloadStart;
        foreach (CarriedBlock block in carried)
        {
            block.Data.CopyTo(container, at);
            at += block.Data.Length;
        }

        return container;
    }

    static byte[] WriteCarriers(IReadOnlyList<CarriedBlock> carried)
    {
        byte[] table = new byte[carried.Count * CarrierTable.EntryBytes];
        for (int block = 0; block < carried.Count; block++)
        {
            CarriedBlock entry = carried[block];
            int at = block * CarrierTable.EntryBytes;
            table[at] = (byte)entry.Method;
            table[at + CarrierTable.CodecOffset] = entry.CodecId;
            bool isBlock = entry.Method is CarrierMethod.Unchanged or CarrierMethod.Duplicate;
            ushort argument = (ushort)(isBlock ? entry.Argument - (uint)block : entry.Argument);
            LittleEndian.WriteU16(table, at + CarrierTable.ArgumentOffset, argument);
            LittleEndian.WriteU32(table, at + CarrierTable.PayloadBytesOffset, (uint)entry.Data.Length);
            LittleEndian.WriteU32(table, at + CarrierTable.CrcOffset, entry.Crc);
        }

        return table;
    }
}
