using Twinbank.Core.Format;

namespace Twinbank.Core.Trust;

/// <summary>
/// Whether a well-formed image may be on this device at all (invariant I3, all but signature and hashes).
/// </summary>
public static class ImageAcceptance
{
    /// <summary>
    /// Gives Ok, WrongBoard, WrongHardwareRevision, SecurityCounterTooLow, AgentTooOld or BadTranslation.
    /// </summary>
    /// <param name="manifest">A parsed manifest.</param>
    /// <param name="device">This device.</param>
    /// <param name="securityFloor">Smallest security counter still accepted, from the boot journal.</param>
    public static Status Check(Manifest manifest, DeviceIdentity device, uint securityFloor)
    {
        if (!Bytes.Equal(
            manifest.Source, manifest.SourceOffset + Manifest.BoardIdOffset, device.BoardId, 0, Manifest.NameBytes))
        {
            return Status.WrongBoard;
        }

        if ((manifest.HardwareRevisions & (1u << device.HardwareRevision)) == 0)
        {
            return Status.WrongHardwareRevision;
        }

        if (manifest.SecurityCounter < securityFloor)
        {
            return Status.SecurityCounterTooLow;
        }

        int minimumAgent = TlvRecords.Find(manifest, TlvRecords.MinimumAgent);
        if (minimumAgent >= 0 && AgentIsOlder(device, manifest.Source, minimumAgent))
        {
            return Status.AgentTooOld;
        }

        return OffsetTable.CheckTranslation(manifest, device.Translation, device.TranslationGranuleBytes);
    }

    static bool AgentIsOlder(DeviceIdentity device, byte[] source, int offset)
    {
        ushort major = LittleEndian.ReadU16(source, offset);
        ushort minor = LittleEndian.ReadU16(source, offset + 2);
        return device.AgentMajor < major || (device.AgentMajor == major && device.AgentMinor < minor);
    }
}
