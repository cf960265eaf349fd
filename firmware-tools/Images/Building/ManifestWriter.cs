using System.Security.Cryptography;
using System.Text;
using Twinbank.Core;
using Twinbank.Core.Format;

namespace Twinbank.Images.Building;

/// <summary>Writes a manifest's bytes (specs/image.md section 3).</summary>
static class ManifestWriter
{
    internal static byte[] Write(ImageRequest request, BlockPlan plan, PayloadKind payloadKind, uint entryAddress)
    {
        byte[] records = WriteRecords(request);
        int blocksAt = Manifest.FixedBytes;
        int extentsAt = blocksAt + (plan.Blocks.Count * Manifest.BlockEntryBytes);
        int recordsAt = extentsAt + (plan.Extents.Count * Manifest.ExtentBytes);
        byte[] bytes = new byte[recordsAt + records.Length];

        WriteIdentity(bytes, request, payloadKind);
        LittleEndian.WriteU32(bytes, Manifest.VirtualBaseOffset, plan.VirtualBase);
        LittleEndian.WriteU32(bytes, Manifest.VirtualBytesOffset, plan.VirtualBytes);
        LittleEndian.WriteU32(bytes, Manifest.EntryAddressOffset, entryAddress);
        LittleEndian.WriteU32(bytes, Manifest.BlockBytesOffset, plan.BlockBytes);
        LittleEndian.WriteU32(bytes, Manifest.BlockCountOffset, (uint)plan.Blocks.Count);
        LittleEndian.WriteU32(bytes, Manifest.ExtentCountOffset, (uint)plan.Extents.Count);
        LittleEndian.WriteU32(bytes, Manifest.TlvBytesOffset, (uint)records.Length);
        long payloadBytes = plan.Blocks.Sum(block => (long)block.Data.Length);
        LittleEndian.WriteU32(bytes, Manifest.PayloadBytesOffset, (uint)payloadBytes);
        WriteBlocks(bytes, blocksAt, plan);
        WriteExtents(bytes, extentsAt, plan);
        records.CopyTo(bytes, recordsAt);
        return bytes;
    }

    static void WriteIdentity(byte[] bytes, ImageRequest request, PayloadKind payloadKind)
    {
        LittleEndian.WriteU32(bytes, 0, Manifest.Magic);
        bytes[Manifest.MajorOffset] = Manifest.FormatMajor;
        bytes[Manifest.MinorOffset] = Manifest.FormatMinor;
        LittleEndian.WriteU16(bytes, Manifest.FixedBytesOffset, Manifest.FixedBytes);
        LittleEndian.WriteU32(bytes, Manifest.ManifestBytesOffset, (uint)bytes.Length);
        bytes[Manifest.ImageKindOffset] = (byte)request.ImageKind;
        bytes[Manifest.PayloadKindOffset] = (byte)payloadKind;
        bytes[Manifest.DigestAlgorithmOffset] = Manifest.DigestSha256;
        LittleEndian.WriteU16(bytes, Manifest.VersionMajorOffset, request.Version.Major);
        LittleEndian.WriteU16(bytes, Manifest.VersionMinorOffset, request.Version.Minor);
        LittleEndian.WriteU32(bytes, Manifest.VersionPatchOffset, request.Version.Patch);
        LittleEndian.WriteU32(bytes, Manifest.VersionBuildOffset, request.Version.Build);
        LittleEndian.WriteU32(bytes, Manifest.SecurityCounterOffset, request.SecurityCounter);
        LittleEndian.WriteU32(bytes, Manifest.HardwareRevisionsOffset, request.HardwareRevisions);
        Encoding.ASCII.GetBytes(request.Board.Id, bytes.AsSpan(Manifest.BoardIdOffset, Manifest.NameBytes));
        Encoding.ASCII.GetBytes(request.Name, bytes.AsSpan(Manifest.ImageNameOffset, Manifest.NameBytes));
        request.Keys[0].PublicKey.KeyId.Span.CopyTo(bytes.AsSpan(Manifest.SignerKeyIdOffset));
    }

    static void WriteBlocks(byte[] bytes, int at, BlockPlan plan)
    {
        // Each writes its own entry; hashing is what building a large image costs most.
        Parallel.For(0, plan.Blocks.Count, index =>
        {
            PlannedBlock block = plan.Blocks[index];
            int entry = at + (index * Manifest.BlockEntryBytes);
            LittleEndian.WriteU32(bytes, entry + Manifest.BlockVirtualStartOffset, block.VirtualStart);
            LittleEndian.WriteU32(bytes, entry + Manifest.BlockDataBytesOffset, (uint)block.Data.Length);
            LittleEndian.WriteU32(bytes, entry + Manifest.BlockCrcOffset, HostCrc32C.Compute(block.Data));
            SHA256.HashData(block.Data, bytes.AsSpan(entry + Manifest.BlockDigestOffset, Manifest.DigestBytes));
        });
    }

    static void WriteExtents(byte[] bytes, int at, BlockPlan plan)
    {
        foreach (PlannedExtent extent in plan.Extents)
        {
            LittleEndian.WriteU32(bytes, at + Manifest.ExtentVirtualStartOffset, extent.VirtualStart);
            LittleEndian.WriteU32(bytes, at + Manifest.ExtentLengthOffset, extent.LengthBytes);
            LittleEndian.WriteU32(bytes, at + Manifest.ExtentSlotOffsetOffset, extent.SlotOffset);
            at += Manifest.ExtentBytes;
        }
    }

    static byte[] WriteRecords(ImageRequest request)
    {
        var records = new List<byte>();
        if (request.Probation is { } probation)
        {
            byte[] value = new byte[8];
            LittleEndian.WriteU32(value, 0, probation.Seconds);
            LittleEndian.WriteU32(value, 4, probation.Boots);
            Add(records, TlvRecords.Probation, value);
        }

        if (request.Description is { Length: > 0 } description)
        {
            Add(records, TlvRecords.Description, Encoding.UTF8.GetBytes(description));
        }

        if (request.PromoteAfterSeconds is { } seconds)
        {
            byte[] value = new byte[4];
            LittleEndian.WriteU32(value, 0, seconds);
            Add(records, TlvRecords.Promotion, value);
        }

        if (request.MinimumAgent is { } agent)
        {
            byte[] value = new byte[4];
            LittleEndian.WriteU16(value, 0, agent.Major);
            LittleEndian.WriteU16(value, 2, agent.Minor);
            Add(records, TlvRecords.MinimumAgent, value);
        }

        return [.. records];
    }

    static void Add(List<byte> records, ushort type, byte[] value)
    {
        byte[] head = new byte[TlvRecords.HeadBytes];
        LittleEndian.WriteU16(head, 0, type);
        LittleEndian.WriteU16(head, 2, (ushort)value.Length);
        records.AddRange(head);
        records.AddRange(value);
        while (records.Count % 4 != 0)
        {
            records.Add(0);
        }
    }
}
