using Twinbank.Core.Format;
using Twinbank.Core.Trust;

namespace Twinbank.Core.Install;

/// <summary>What a trial has to achieve: from the manifest, else from the board.</summary>
public static class Probation
{
    /// <summary>Boots granted, 1 to 15.</summary>
    public static byte Boots(Manifest manifest, DeviceIdentity device)
    {
        int record = TlvRecords.Find(manifest, TlvRecords.Probation);
        return record >= 0 ? (byte)LittleEndian.ReadU32(manifest.Source, record + 4) : device.TrialBootsDefault;
    }

    /// <summary>
    /// Seconds to run well before a confirmation; the trial is overdue after twice that plus a grace.
    /// </summary>
    public static uint Seconds(Manifest manifest, DeviceIdentity device)
    {
        int record = TlvRecords.Find(manifest, TlvRecords.Probation);
        return record >= 0 ? LittleEndian.ReadU32(manifest.Source, record) : device.ProbationSecondsDefault;
    }

    /// <summary>
    /// Seconds after which an unconfirmed trial is overdue: twice the probation and ten seconds, so that an application
    /// which confirms when its probation has passed is never cut off by a slow start of its own.
    /// </summary>
    public static uint DeadlineSeconds(uint probationSeconds)
        => probationSeconds > 0x3FFFFFFF ? 0x7FFFFFFF : (2 * probationSeconds) + 10;
}
