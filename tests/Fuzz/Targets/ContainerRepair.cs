using System.Security.Cryptography;
using Twinbank.Core;
using Twinbank.Core.Checks;
using Twinbank.Core.Format;
using Twinbank.Core.Tests.Rig;

namespace Twinbank.Fuzz.Targets;

/// <summary>Makes a mutated container look whole, as far as its own lengths allow.</summary>
internal static class ContainerRepair
{
    const int ManifestBytesOffset = 8;
    const int SignatureAreaBytesOffset = 12;
    const int CarrierTableBytesOffset = 16;
    const int AddressMapBytesOffset = 20;
    const int TablesCrcOffset = 64;

    /// <summary>Signature of the first entry: after the area's head and the entry's.</summary>
    const int FirstSignatureOffset = 8 + 16;

    public static void Apply(byte[] container, bool sign)
    {
        if (container.Length < ContainerHeader.SizeBytes)
        {
            return;
        }

        long manifestBytes = LittleEndian.ReadU32(container, ManifestBytesOffset);
        long tablesBytes = manifestBytes + LittleEndian.ReadU32(container, SignatureAreaBytesOffset)
            + LittleEndian.ReadU32(container, CarrierTableBytesOffset)
            + LittleEndian.ReadU32(container, AddressMapBytesOffset);
        if (ContainerHeader.SizeBytes + tablesBytes <= container.Length)
        {
            long signatureEnd = ContainerHeader.SizeBytes + manifestBytes + FirstSignatureOffset + 64;
            if (sign && signatureEnd <= container.Length)
            {
                Sign(container, (int)manifestBytes);
            }

            uint crc = Crc32C.Compute(container, ContainerHeader.SizeBytes, (int)tablesBytes);
            LittleEndian.WriteU32(container, TablesCrcOffset, crc);
        }

        ContainerHeaderTarget.RepairHeader(container);
    }

    static void Sign(byte[] container, int manifestBytes)
    {
        byte[] digest = SHA256.HashData(container.AsSpan(ContainerHeader.SizeBytes, manifestBytes));
        byte[] message = new byte[SignatureArea.MessageBytes];
        SignatureArea.WriteMessage(digest, 0, message, 0);
        int signatureAt = ContainerHeader.SizeBytes + manifestBytes + FirstSignatureOffset;
        TestDevice.Key.Sign(message).CopyTo(container, signatureAt);
    }
}
