using Twinbank.Core.Format;
using Twinbank.Core.Overlays;
using Twinbank.Core.Slots;

namespace Twinbank.Core.Install;

/// <summary>
/// Brings a delta into the overlay log of the active slot (specs/overlay.md section 3). Nothing is erased, and nothing
/// that is confirmed changes.
/// </summary>
sealed class OverlayInstaller
{
    readonly DeviceStorage _storage;
    readonly OverlayWriter _writer;
    readonly StoredImage _check;

    // Not the composer's, which looks at another slot whenever somebody asks for its generations.
    readonly OverlayLog? _log;
    Slot? _slot;

    /// <summary>The number that the overlay has or will have.</summary>
    internal ushort Generation { get; private set; }

    internal OverlayInstaller(DeviceStorage storage)
    {
        _storage = storage;
        _writer = new OverlayWriter(storage.SlotA.Region.ProgramUnitBytes);
        _check = storage.CreateReader();
        if (storage.Composer != null)
        {
            _log = new OverlayLog(
                storage.TablesBytesMax / Manifest.BlockEntryBytes, storage.SlotA.Region.ProgramUnitBytes);
        }
    }

    /// <summary>
    /// Judges room in the log and in RAM, then programs the first half of the head and the tables. Gives Ok,
    /// NotSupported, WrongKind, NoSpace, NotErased, or what the flash says.
    /// </summary>
    internal Status Begin(Slot slot, InstallTables accepted, StoredImage baseImage, byte[] header, byte[] tables)
    {
        GenerationComposer? composer = _storage.Composer;
        Status status = composer == null || _log == null ? Status.NotSupported
            : accepted.Header.Kind != ContainerKind.Delta ? Status.WrongKind
            : CheckMemory(accepted, baseImage, composer);
        if (status == Status.Ok)
        {
            status = _check.Load(slot);
        }

        if (status == Status.Ok)
        {
            status = _log!.Open(slot, _check.Manifest, withPending: false);
        }

        if (status == Status.Ok && _log!.TotalBytes == 0)
        {
            status = Status.NotSupported;
        }

        if (status == Status.Ok)
        {
            _slot = slot;
            Generation = (ushort)(_log!.Newest + 1);
            status = _writer.Begin(
                _log, baseImage.Generation, accepted.Header.BaseDigest, accepted.Header.ContainerBytes);
        }

        if (status == Status.Ok)
        {
            status = _writer.Write(header, 0, ContainerHeader.SizeBytes);
        }

        return status == Status.Ok ? _writer.Write(tables, 0, (int)accepted.Header.TablesBytes) : status;
    }

    /// <summary>Takes the next bytes of the payload.</summary>
    internal Status Accept(byte[] data, int offset, int count) => _writer.Write(data, offset, count);

    /// <summary>
    /// The container is complete: composes the generation, compares every block with its hash, and only then commits.
    /// </summary>
    internal Status Finish(byte[] manifestDigest)
    {
        Status status = _writer.Flush();
        if (status == Status.Ok)
        {
            status = _check.Load(_slot!, Generation, withPending: true);
        }

        if (status == Status.Ok)
        {
            status = _check.CheckBlocks();
        }

        return status == Status.Ok ? _writer.Commit(manifestDigest) : status;
    }

    Status CheckMemory(InstallTables accepted, StoredImage baseImage, GenerationComposer composer)
    {
        Status status = baseImage.Prepare();
        uint room = _storage.ComposeBytesMax - (baseImage.Generation == 0 ? 0 : composer.MemoryUsed);
        for (int block = 0; block < accepted.Manifest.BlockCount && status == Status.Ok; block++)
        {
            if (accepted.Carriers.Method(block) is CarrierMethod.Unchanged or CarrierMethod.Duplicate)
            {
                continue;
            }

            uint wanted = composer.MemoryOf(accepted.Manifest.BlockDataBytes(block));
            status = wanted > room ? Status.NoSpace : Status.Ok;
            room -= wanted;
        }

        return status;
    }
}
