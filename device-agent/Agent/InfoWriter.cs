using Twinbank.Core;
using Twinbank.Core.Install;
using Twinbank.Core.Journal;
using Twinbank.Core.Slots;
using Twinbank.Core.Smp;
using Twinbank.Core.Trust;

namespace Twinbank.Agent;

/// <summary>Writes the answer to group 64's info request (specs/smp.md section 6.1).</summary>
public sealed class InfoWriter
{
    /// <summary>Framings this endpoint understands, one bit each by number of <see cref="SmpFraming"/>.</summary>
    const uint Framings = (1u << (int)SmpFraming.Console) | (1u << (int)SmpFraming.Compact);

    readonly DeviceStorage _storage;
    readonly DeviceImageStore _store;
    readonly Installer _installer;
    readonly RunState _run;
    readonly VersionText _version = new VersionText();

    public InfoWriter(DeviceStorage storage, DeviceImageStore store, Installer installer, RunState run)
    {
        _storage = storage;
        _store = store;
        _installer = installer;
        _run = run;
    }

    /// <summary>One map; needs up to 660 bytes.</summary>
    internal void Write(CborWriter response)
    {
        response.BeginMap();
        WriteIdentity(response);
        WriteGeometry(response);
        WriteRun(response);
        if (_storage.Journal.HasRecord)
        {
            WriteJournal(_storage.Journal.Current, response);
        }

        WriteUpload(response);
        response.End();
    }

    void WriteIdentity(CborWriter response)
    {
        DeviceIdentity identity = _storage.Identity;
        int nameBytes = 0;
        while (nameBytes < identity.BoardId.Length && identity.BoardId[nameBytes] != 0)
        {
            nameBytes++;
        }

        response.WriteText("board");
        response.WriteText(identity.BoardId, 0, nameBytes);
        WriteNumber("revision", (uint)identity.HardwareRevision, response);
        response.WriteText("agent");
        _version.Write(identity.AgentMajor, identity.AgentMinor, response);
        WriteNumber("translation", (uint)identity.Translation, response);
        WriteNumber("granule", identity.TranslationGranuleBytes, response);
        WriteNumber("framings", Framings, response);
    }

    void WriteGeometry(CborWriter response)
    {
        Slot slot = _storage.SlotA;
        response.WriteText("geometry");
        response.BeginMap(6);
        WriteNumber("slots", (uint)_store.SlotCount, response);
        WriteNumber("slot", slot.Region.SizeBytes, response);
        WriteNumber("header", slot.HeaderAreaBytes, response);
        WriteNumber("sector", slot.Region.SectorBytes, response);
        WriteNumber("block", _run.BlockBytes, response);
        WriteNumber("unit", slot.Region.ProgramUnitBytes, response);
    }

    void WriteRun(CborWriter response)
    {
        if (_storage.ComposeMemory != null)
        {
            WriteNumber("overlayRam", _storage.ComposeBytesMax, response);
        }

        // Absent in recovery, where nothing runs.
        if (_run.RunningSlot != SlotId.None)
        {
            WriteNumber("running", (uint)_run.RunningSlot, response);
            WriteNumber("runningGeneration", _run.RunningGeneration, response);
        }

        WriteNumber("resetCause", _run.ResetCause, response);
    }

    static void WriteJournal(JournalRecord record, CborWriter response)
    {
        WriteNumber("state", (uint)record.State, response);
        WriteNumber("active", (uint)record.ActiveSlot, response);
        WriteNumber("generation", record.ActiveGeneration, response);
        if (record.PreviousSlot != SlotId.None)
        {
            WriteNumber("previous", (uint)record.PreviousSlot, response);
            WriteNumber("previousGeneration", record.PreviousGeneration, response);
        }

        WriteNumber("bootsLeft", record.TrialBootsLeft, response);
        WriteNumber("bootsGranted", record.TrialBootsGranted, response);
        WriteNumber("probation", record.ProbationSeconds, response);
        WriteNumber("floor", record.SecurityFloor, response);
        WriteNumber("sequence", record.Sequence, response);
        WriteNumber("attempts", record.AttemptCount, response);
        WriteNumber("reverts", record.RevertCount, response);
        WriteNumber("installs", record.InstallCount, response);
        if (record.FailureReason != FailureReason.None)
        {
            WriteFailure(record, response);
        }
    }

    static void WriteFailure(JournalRecord record, CborWriter response)
    {
        response.WriteText("failure");
        response.BeginMap(8);
        WriteNumber("reason", (uint)record.FailureReason, response);
        WriteNumber("status", (uint)record.FailureStatus, response);
        WriteNumber("slot", (uint)record.FailedSlot, response);
        WriteNumber("resetCause", record.ResetCause, response);
        WriteNumber("pc", record.FailureAddress, response);
        WriteNumber("detail", record.FailureDetail, response);
        WriteNumber("address", record.FaultAddress, response);
        response.WriteText("digest");
        response.WriteBytes(record.FailedDigest, 0, JournalRecord.DigestPrefixBytes);
    }

    void WriteUpload(CborWriter response)
    {
        InstallCounters counters = _installer.Counters;
        response.WriteText("upload");
        response.BeginMap(9);
        WriteNumber("phase", (uint)_installer.Phase, response);
        WriteNumber("status", (uint)_store.LastUploadStatus, response);
        WriteNumber("offset", _installer.NextOffset, response);
        WriteNumber("received", counters.ReceivedBytes, response);
        WriteNumber("blocks", (uint)_installer.BlockCount, response);
        WriteNumber("done", (uint)_installer.BlocksDone, response);
        WriteNumber("kept", (uint)counters.BlocksKept, response);
        WriteNumber("copied", (uint)counters.BlocksCopied, response);
        WriteNumber("written", (uint)counters.BlocksReceived, response);
    }

    static void WriteNumber(string name, uint value, CborWriter response)
    {
        response.WriteText(name);
        response.WriteUnsigned(value);
    }
}
