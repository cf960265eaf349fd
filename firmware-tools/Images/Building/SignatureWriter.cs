using System.Security.Cryptography;
using Twinbank.Core;
using Twinbank.Core.Format;
using Twinbank.Images.Keys;

namespace Twinbank.Images.Building;

/// <summary>Signs manifests (specs/image.md section 4).</summary>
public static class SignatureWriter
{
    /// <summary>A signature area with one entry per key, in the order given.</summary>
    public static byte[] Sign(byte[] manifestBytes, IReadOnlyList<SigningKey> keys)
    {
        byte[] message = new byte[SignatureArea.MessageBytes];
        SignatureArea.WriteMessage(SHA256.HashData(manifestBytes), 0, message, 0);
        var area = new List<byte>();
        byte[] head = new byte[SignatureArea.HeadBytes];
        LittleEndian.WriteU32(head, 0, SignatureArea.Magic);
        LittleEndian.WriteU32(head, 4, (uint)keys.Count);
        area.AddRange(head);
        foreach (SigningKey key in keys)
        {
            byte[] signature = key.Sign(message);
            byte[] entry = new byte[8];
            entry[0] = (byte)key.Algorithm;
            LittleEndian.WriteU16(entry, 2, (ushort)signature.Length);
            area.AddRange(entry);
            area.AddRange(key.PublicKey.KeyId.Span);
            area.AddRange(signature);
        }

        return [.. area];
    }
}
