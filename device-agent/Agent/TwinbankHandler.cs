using Twinbank.Core;
using Twinbank.Core.Install;
using Twinbank.Core.Journal;
using Twinbank.Core.Slots;
using Twinbank.Core.Smp;

namespace Twinbank.Agent;

/// <summary>Our own group, 64: what the device knows about itself, and requests of its kind (specs/smp.md section
/// 6).</summary>
public sealed class TwinbankHandler : SmpHandler
{
    // What the head and the end of a log answer cost besides its records.
    const int LogRestBytes = 24;
    const int LogRecordBytes = JournalRecord.SizeBytes + 24;

    readonly BootJournal _journal;
    readonly DeviceImageStore _store;
    readonly InfoWriter _info;
    readonly ResetRequest _reset;
    readonly SlotReadHandler _slotRead;
    readonly GenerationsHandler _generations;
    readonly JournalRecord _record = new JournalRecord();
    readonly byte[] _recordBytes = new byte[JournalRecord.SizeBytes];

    public TwinbankHandler(
        DeviceStorage storage, DeviceImageStore store, Installer installer, InfoWriter info, ResetRequest reset)
    {
        _generations = new GenerationsHandler(storage, installer);
        _journal = storage.Journal;
        _slotRead = new SlotReadHandler(storage);
        _store = store;
        _info = info;
        _reset = reset;
    }

    public override ushort Group => SmpGroup.Twinbank;

    public override Status Handle(SmpOperation operation, byte command, CborReader arguments, CborWriter response)
    {
        bool isWrite = operation == SmpOperation.Write;
        switch (command)
        {
            case SmpGroup.TwinbankInfo:
                return isWrite ? Status.NotSupported : ReadInfo(arguments, response);
            case SmpGroup.TwinbankConfirm:
                return isWrite ? Confirm(arguments, response) : Status.NotSupported;
            case SmpGroup.TwinbankRevert:
                return isWrite ? Revert(arguments, response) : Status.NotSupported;
            case SmpGroup.TwinbankResetTo:
                return isWrite ? ResetTo(arguments, response) : Status.NotSupported;
            case SmpGroup.TwinbankLog:
                return isWrite ? Status.NotSupported : ReadLog(arguments, response);
            case SmpGroup.TwinbankGenerations:
                return isWrite ? Status.NotSupported : _generations.List(arguments, response);
            case SmpGroup.TwinbankCompact:
                return isWrite ? _generations.Compact(arguments, response) : Status.NotSupported;
            case SmpGroup.TwinbankReadSlot:
                return isWrite ? Status.NotSupported : _slotRead.Handle(arguments, response);
            case SmpGroup.TwinbankPromote:
                return isWrite ? Promote(arguments, response) : Status.NotSupported;
            default:
                return Status.NotSupported;
        }
    }

    Status ReadInfo(CborReader arguments, CborWriter response)
    {
        arguments.Skip();
        _info.Write(response);
        return Status.Ok;
    }

    Status Confirm(CborReader arguments, CborWriter response)
    {
        arguments.Skip();
        response.BeginMap(0);
        return arguments.Status == Status.Ok ? _store.Confirm(arguments.Buffer, 0, 0) : arguments.Status;
    }

    Status Revert(CborReader arguments, CborWriter response)
    {
        arguments.Skip();
        return ResetAfter(arguments.Status == Status.Ok ? _store.Revert() : arguments.Status, response);
    }

    Status ResetTo(CborReader arguments, CborWriter response)
    {
        int offset = 0;
        int count = 0;
        uint slot = (uint)SlotId.None;
        uint generation = 0;
        arguments.EnterMap();
        while (arguments.NextKey())
        {
            if (arguments.KeyIs("to"))
            {
                arguments.ReadText(out offset, out count);
            }
            else if (arguments.KeyIs("slot"))
            {
                slot = arguments.ReadUnsigned();
            }
            else if (arguments.KeyIs("generation"))
            {
                generation = arguments.ReadUnsigned();
            }
            else
            {
                arguments.Skip();
            }
        }

        Status status = arguments.Status;
        if (status == Status.Ok)
        {
            status = slot == (uint)SlotId.None ? ResetTo(arguments, offset, count)
                : slot > (uint)SlotId.Golden || generation > ushort.MaxValue ? Status.NotFound
                : _store.ResetTo((SlotId)slot, (ushort)generation);
        }

        return ResetAfter(status, response);
    }

    Status ResetTo(CborReader arguments, int offset, int count)
    {
        if (arguments.TextIs(offset, count, "current"))
        {
            return _store.ResetTo(SlotId.None, 0);
        }

        if (arguments.TextIs(offset, count, "previous"))
        {
            SlotId previous = _store.PreviousSlot;
            return previous == SlotId.None
                ? Status.NotFound
                : _store.ResetTo(previous, _store.PreviousGeneration);
        }

        return arguments.TextIs(offset, count, "golden") ? _store.ResetTo(SlotId.Golden, 0) : Status.BadField;
    }

    Status Promote(CborReader arguments, CborWriter response)
    {
        int digestOffset = 0;
        int digestBytes = 0;
        arguments.EnterMap();
        while (arguments.NextKey())
        {
            if (arguments.KeyIs("hash"))
            {
                arguments.ReadBytes(out digestOffset, out digestBytes);
            }
            else
            {
                arguments.Skip();
            }
        }

        Status status = arguments.Status;
        if (status == Status.Ok)
        {
            status = _store.Promote(arguments.Buffer, digestOffset, digestBytes);
        }

        if (status == Status.Ok)
        {
            WritePromotion(_store.Promoter, response);
        }

        return status;
    }

    static void WritePromotion(GoldenPromoter promoter, CborWriter response)
    {
        response.BeginMap(3);
        response.WriteText("done");
        response.WriteUnsigned((uint)promoter.BlocksDone);
        response.WriteText("blocks");
        response.WriteUnsigned((uint)promoter.BlockCount);
        response.WriteText("complete");
        response.WriteBoolean(promoter.IsComplete);
    }

    Status ResetAfter(Status status, CborWriter response)
    {
        response.BeginMap(0);
        if (status == Status.Ok)
        {
            _reset.IsRequested = true;
        }

        return status;
    }

    Status ReadLog(CborReader arguments, CborWriter response)
    {
        uint age = 0;
        arguments.EnterMap();
        while (arguments.NextKey())
        {
            if (arguments.KeyIs("age"))
            {
                age = arguments.ReadUnsigned();
            }
            else
            {
                arguments.Skip();
            }
        }

        if (arguments.Status == Status.Ok)
        {
            WriteLog(age, response);
        }

        return arguments.Status;
    }

    // As many records as fit; "next" is there while older ones may follow.
    void WriteLog(uint age, CborWriter response)
    {
        uint ageMax = (uint)_journal.PlaceCount;
        bool more = age < ageMax;
        response.BeginMap();
        response.WriteText("records");
        response.BeginArray();
        while (more && response.BytesLeft >= LogRecordBytes + LogRestBytes)
        {
            Status status = _journal.TryReadBack((int)age, _record);
            if (status == Status.Ok)
            {
                WriteRecord(age, response);
            }

            age++;
            more = status != Status.NotFound && age < ageMax;
        }

        response.End();
        if (more)
        {
            response.WriteText("next");
            response.WriteUnsigned(age);
        }

        response.End();
    }

    void WriteRecord(uint age, CborWriter response)
    {
        _record.Write(_recordBytes, 0);
        response.BeginMap(2);
        response.WriteText("age");
        response.WriteUnsigned(age);
        response.WriteText("record");
        response.WriteBytes(_recordBytes, 0, _recordBytes.Length);
    }
}
