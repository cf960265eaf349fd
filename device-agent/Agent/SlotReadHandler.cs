using Twinbank.Core;
using Twinbank.Core.Install;
using Twinbank.Core.Slots;
using Twinbank.Core.Smp;

namespace Twinbank.Agent;

/// <summary>
/// Answers the request to read a slot back (specs/smp.md section 6.3): what a backup on a host is made from. It reads
/// slots and nothing else of the device.
/// </summary>
sealed class SlotReadHandler
{
    // {"off": u32, "data": bytes of a 16-bit length}: map head, keys, number, and the head of the bytes.
    const int OverheadBytes = 18;

    readonly DeviceStorage _storage;
    bool _hasSlot;
    uint _slot;
    uint _offset;
    uint _count;

    internal SlotReadHandler(DeviceStorage storage)
    {
        _storage = storage;
    }

    internal Status Handle(CborReader arguments, CborWriter response)
    {
        Status status = Read(arguments);
        if (status != Status.Ok)
        {
            return status;
        }

        if (!_hasSlot || _count == 0)
        {
            return Status.BadField;
        }

        // A number over a byte must not become the name of a slot.
        Slot? slot = _slot > (uint)SlotId.Golden ? null : _storage.FindSlot((SlotId)_slot);
        if (slot == null)
        {
            return Status.NotFound;
        }

        uint slotBytes = slot.Region.SizeBytes;
        return _offset > slotBytes || _count > slotBytes - _offset ? Status.OutOfRange : Answer(slot, response);
    }

    Status Read(CborReader arguments)
    {
        _hasSlot = false;
        _slot = 0;
        _offset = 0;
        _count = 0;
        arguments.EnterMap();
        while (arguments.NextKey())
        {
            if (arguments.KeyIs("slot"))
            {
                _slot = arguments.ReadUnsigned();
                _hasSlot = true;
            }
            else if (arguments.KeyIs("off"))
            {
                _offset = arguments.ReadUnsigned();
            }
            else if (arguments.KeyIs("len"))
            {
                _count = arguments.ReadUnsigned();
            }
            else
            {
                arguments.Skip();
            }
        }

        return arguments.Status;
    }

    Status Answer(Slot slot, CborWriter response)
    {
        int room = response.BytesLeft - OverheadBytes;
        int count = room < _storage.Scratch.Length ? room : _storage.Scratch.Length;
        count = _count < (uint)count ? (int)_count : count;
        Status status = slot.Region.Read(_offset, _storage.Scratch, 0, count);
        if (status != Status.Ok)
        {
            return status;
        }

        response.BeginMap(2);
        response.WriteText("off");
        response.WriteUnsigned(_offset);
        response.WriteText("data");
        response.WriteBytes(_storage.Scratch, 0, count);
        return Status.Ok;
    }
}
