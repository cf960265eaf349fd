using Twinbank.Core;
using Twinbank.Core.Format;
using Twinbank.Core.Install;
using Twinbank.Core.Overlays;
using Twinbank.Core.Slots;
using Twinbank.Core.Smp;

namespace Twinbank.Agent;

/// <summary>Answers what generations a slot has and what room (specs/smp.md section 6.4), and compacts.</summary>
sealed class GenerationsHandler
{
    // One entry: five keys, three numbers, a digest and a version; and what comes after the last one.
    const int EntryBytes = 128;
    const int RestBytes = 16;

    readonly DeviceStorage _storage;
    readonly Installer _installer;
    readonly StoredImage _image;
    readonly SlotStatus _status = new SlotStatus();
    readonly VersionText _version = new VersionText();

    internal GenerationsHandler(DeviceStorage storage, Installer installer)
    {
        _storage = storage;
        _installer = installer;
        _image = storage.CreateReader();
    }

    internal Status List(CborReader arguments, CborWriter response)
    {
        uint slotNumber = (uint)SlotId.None;
        uint from = 0;
        arguments.EnterMap();
        while (arguments.NextKey())
        {
            if (arguments.KeyIs("slot"))
            {
                slotNumber = arguments.ReadUnsigned();
            }
            else if (arguments.KeyIs("from"))
            {
                from = arguments.ReadUnsigned();
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

        Slot? slot = slotNumber > (uint)SlotId.Golden ? null : _storage.FindSlot((SlotId)slotNumber);
        if (slot == null || _image.Load(slot) != Status.Ok)
        {
            return Status.NotFound;
        }

        Write(slot, from, response);
        return Status.Ok;
    }

    internal Status Compact(CborReader arguments, CborWriter response)
    {
        arguments.Skip();
        Status status = arguments.Status == Status.Ok ? _installer.Compact() : arguments.Status;
        if (status == Status.Ok)
        {
            response.BeginMap(2);
            WriteNumber("done", (uint)_installer.BlocksDone, response);
            WriteNumber("blocks", (uint)_installer.BlockCount, response);
        }

        return status;
    }

    void Write(Slot slot, uint from, CborWriter response)
    {
        OverlayLog? log = _storage.OpenOverlays(slot);
        response.BeginMap();
        WriteNumber("slot", (uint)slot.Id, response);
        WriteNumber("total", log == null ? 0 : log.TotalBytes, response);
        WriteNumber("free", log == null ? 0 : log.TotalBytes - log.EndPosition, response);
        WriteNumber("head", log == null ? 0 : log.StepBytes, response);
        uint newest = log == null ? 0u : log.Newest;
        response.WriteText("generations");
        response.BeginArray();
        uint generation = from;
        while (generation <= newest && response.BytesLeft >= EntryBytes + RestBytes)
        {
            WriteGeneration(slot, (ushort)generation, response);
            generation++;
        }

        response.End();
        if (generation <= newest)
        {
            WriteNumber("next", generation, response);
        }

        response.End();
    }

    // One whose tables cannot be read is left out: it cannot be reset to either.
    void WriteGeneration(Slot slot, ushort generation, CborWriter response)
    {
        if (_image.Load(slot, generation) != Status.Ok)
        {
            return;
        }

        OverlayLog? log = generation == 0 ? null : _storage.Composer!.Log;
        Manifest manifest = _image.Manifest;
        _status.VersionMajor = manifest.VersionMajor;
        _status.VersionMinor = manifest.VersionMinor;
        _status.VersionPatch = manifest.VersionPatch;
        _status.VersionBuild = manifest.VersionBuild;
        response.BeginMap(5);
        WriteNumber("generation", generation, response);
        WriteNumber("base", log == null ? 0u : log.BaseOf(generation), response);
        response.WriteText("hash");
        response.WriteBytes(_image.ManifestDigest, 0, Manifest.DigestBytes);
        response.WriteText("version");
        _version.Write(_status, response);
        WriteNumber("bytes", log == null ? 0 : log.ContainerBytesOf(generation), response);
    }

    static void WriteNumber(string name, uint value, CborWriter response)
    {
        response.WriteText(name);
        response.WriteUnsigned(value);
    }
}
