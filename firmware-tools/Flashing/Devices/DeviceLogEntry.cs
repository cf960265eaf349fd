using Twinbank.Core;
using Twinbank.Core.Journal;
using Twinbank.Errors;
using Twinbank.Flashing.Smp;

namespace Twinbank.Flashing.Devices;

/// <summary>One journal record of a device.</summary>
/// <param name="Age">0 for the newest.</param>
/// <param name="Record">What it says (specs/journal.md).</param>
public sealed record DeviceLogEntry(int Age, JournalRecord Record)
{
    internal static DeviceLogEntry Of(CborMap map)
    {
        byte[] bytes = map.Bytes("record");
        var record = new JournalRecord();
        Status status = bytes.Length == JournalRecord.SizeBytes ? record.Read(bytes, 0) : Status.BadLength;
        return status == Status.Ok
            ? new DeviceLogEntry((int)map.Unsigned("age"), record)
            : throw new FirmwareException(
                ErrorCode.BadAnswer, ("request", "its log"), ("problem", $"a journal record is wrong ({status})"));
    }
}
