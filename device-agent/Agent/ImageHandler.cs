using Twinbank.Core;
using Twinbank.Core.Smp;

namespace Twinbank.Agent;

/// <summary>SMP's image group over any <see cref="ImageStore"/> (specs/smp.md sections 4 and 5).</summary>
public sealed class ImageHandler : SmpHandler
{
    readonly ImageStore _store;
    readonly SlotStatus[] _slots;
    readonly bool[] _present;
    readonly UploadHandler _upload;
    readonly VersionText _version = new VersionText();

    public ImageHandler(ImageStore store)
    {
        _store = store;
        _upload = new UploadHandler(store);
        _slots = new SlotStatus[store.SlotCount];
        _present = new bool[store.SlotCount];
        for (int i = 0; i < _slots.Length; i++)
        {
            _slots[i] = new SlotStatus();
        }
    }

    public override ushort Group => SmpGroup.Image;

    public override Status Handle(SmpOperation operation, byte command, CborReader arguments, CborWriter response)
    {
        bool isWrite = operation == SmpOperation.Write;
        switch (command)
        {
            case SmpGroup.ImageState:
                return isWrite ? ChangeState(arguments, response) : ReadState(arguments, response);
            case SmpGroup.ImageUpload:
                return isWrite ? _upload.Handle(arguments, response) : Status.NotSupported;
            case SmpGroup.ImageErase:
                return isWrite ? Erase(arguments, response) : Status.NotSupported;
            case SmpGroup.ImageSlotInfo:
                return isWrite ? Status.NotSupported : ReadSlotInfo(arguments, response);
            default:
                return Status.NotSupported;
        }
    }

    Status ReadState(CborReader arguments, CborWriter response)
    {
        SkipArguments(arguments);
        WriteState(response);
        return Status.Ok;
    }

    Status ChangeState(CborReader arguments, CborWriter response)
    {
        int digestOffset = 0;
        int digestBytes = 0;
        bool confirm = false;
        arguments.EnterMap();
        while (arguments.NextKey())
        {
            if (arguments.KeyIs("hash"))
            {
                // Clients send null for "the running image".
                if (!arguments.TryReadNull())
                {
                    arguments.ReadBytes(out digestOffset, out digestBytes);
                }
            }
            else if (arguments.KeyIs("confirm"))
            {
                confirm = arguments.ReadBoolean();
            }
            else
            {
                arguments.Skip();
            }
        }

        Status status = arguments.Status;
        if (status == Status.Ok)
        {
            status = ChangeState(arguments.Buffer, digestOffset, digestBytes, confirm);
        }

        if (status == Status.Ok)
        {
            WriteState(response);
        }

        return status;
    }

    Status ChangeState(byte[] buffer, int digestOffset, int digestBytes, bool confirm)
    {
        if (confirm)
        {
            return _store.Confirm(buffer, digestOffset, digestBytes);
        }

        if (digestBytes == 0)
        {
            return Status.BadField;
        }

        Status status = _store.RequestTrial(buffer, digestOffset, digestBytes);
        if (status == Status.Ok)
        {
            _upload.Close();
        }

        return status;
    }

    Status Erase(CborReader arguments, CborWriter response)
    {
        uint slot = (uint)_store.UploadSlot;
        arguments.EnterMap();
        while (arguments.NextKey())
        {
            if (arguments.KeyIs("slot"))
            {
                slot = arguments.ReadUnsigned();
            }
            else
            {
                arguments.Skip();
            }
        }

        if (arguments.Status != Status.Ok)
        {
            return arguments.Status;
        }

        if (slot >= (uint)_store.SlotCount)
        {
            return Status.NotFound;
        }

        Status status = _store.Erase((int)slot);
        if (status == Status.Ok)
        {
            _upload.Close();
            response.BeginMap(0);
        }

        return status;
    }

    Status ReadSlotInfo(CborReader arguments, CborWriter response)
    {
        SkipArguments(arguments);
        response.BeginMap(1);
        response.WriteText("images");
        response.BeginArray(1);
        response.BeginMap(3);
        response.WriteText("image");
        response.WriteUnsigned(0);
        response.WriteText("slots");
        response.BeginArray(_store.SlotCount);
        for (int slot = 0; slot < _store.SlotCount; slot++)
        {
            bool takesUploads = slot == _store.UploadSlot;
            response.BeginMap(takesUploads ? 3 : 2);
            response.WriteText("slot");
            response.WriteUnsigned((uint)slot);
            response.WriteText("size");
            response.WriteUnsigned(_store.SlotBytes(slot));
            if (takesUploads)
            {
                response.WriteText("upload_image_id");
                response.WriteUnsigned(0);
            }
        }

        response.WriteText("max_image_size");
        response.WriteUnsigned(_store.ImageBytesMax);
        return Status.Ok;
    }

    // Everything is read before anything is written: the number of images comes first.
    void WriteState(CborWriter response)
    {
        int count = 0;
        for (int slot = 0; slot < _slots.Length; slot++)
        {
            _present[slot] = _store.ReadSlot(slot, _slots[slot]) == Status.Ok;
            count += _present[slot] ? 1 : 0;
        }

        response.BeginMap(2);
        response.WriteText("images");
        response.BeginArray(count);
        for (int slot = 0; slot < _slots.Length; slot++)
        {
            if (_present[slot])
            {
                WriteSlot(_slots[slot], response);
            }
        }

        response.WriteText("splitStatus");
        response.WriteUnsigned(0);
    }

    void WriteSlot(SlotStatus status, CborWriter response)
    {
        response.BeginMap(9);
        response.WriteText("image");
        response.WriteUnsigned(0);
        response.WriteText("slot");
        response.WriteUnsigned(status.Slot);
        response.WriteText("version");
        _version.Write(status, response);
        response.WriteText("hash");
        response.WriteBytes(status.Digest, 0, status.DigestBytes);
        WriteFlag("bootable", status.IsBootable, response);
        WriteFlag("pending", status.IsPending, response);
        WriteFlag("confirmed", status.IsConfirmed, response);
        WriteFlag("active", status.IsActive, response);
        WriteFlag("permanent", status.IsPermanent, response);
    }

    static void WriteFlag(string name, bool value, CborWriter response)
    {
        response.WriteText(name);
        response.WriteBoolean(value);
    }

    static void SkipArguments(CborReader arguments) => arguments.Skip();
}
