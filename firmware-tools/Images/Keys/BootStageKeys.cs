using Twinbank.Core;
using Twinbank.Core.Trust;
using Twinbank.Errors;

namespace Twinbank.Images.Keys;

/// <summary>Puts the public keys that a device is to trust into the binary of its boot stage.</summary>
public static class BootStageKeys
{
    /// <summary>
    /// A copy of the binary that trusts exactly these keys. FW1206 when it has no key area, FW1207 for more than four
    /// keys.
    /// </summary>
    /// <param name="bootStage">The boot stage as built, or with keys already.</param>
    /// <param name="keys">One to four.</param>
    /// <param name="subject">The file, for errors.</param>
    public static byte[] Install(byte[] bootStage, IReadOnlyList<PublicKey> keys, string subject)
    {
        byte[] result = [.. bootStage];
        int offset = Find(result);
        if (offset < 0)
        {
            throw new FirmwareException(ErrorCode.NoKeyArea, ("path", subject));
        }

        KeyArea.WriteEmpty(result, offset);
        foreach (PublicKey key in keys)
        {
            Status status = KeyArea.TryAdd(result, offset, (byte)key.Algorithm, key.Raw.ToArray());
            if (status != Status.Ok)
            {
                throw new FirmwareException(
                    ErrorCode.TooManyKeys, ("path", subject), ("count", keys.Count), ("limit", TrustStore.KeysMax));
            }
        }

        return result;
    }

    // An area counts only with its checksum, so a stray copy of the magic number is passed over.
    static int Find(byte[] binary)
    {
        for (int offset = 0; offset + KeyArea.SizeBytes <= binary.Length; offset++)
        {
            if (KeyArea.HasMagic(binary, offset) && KeyArea.Check(binary, offset) == Status.Ok)
            {
                return offset;
            }
        }

        return -1;
    }
}
