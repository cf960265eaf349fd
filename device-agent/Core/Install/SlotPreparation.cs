using Twinbank.Core.Format;
using Twinbank.Core.Slots;

namespace Twinbank.Core.Install;

/// <summary>
/// The header area of the slot an install goes to, and what is known about its erases (specs/image.md section 6): which
/// blocks may be taken for erased when they look it, and whether the slot may be sealed at the end.
/// </summary>
sealed class SlotPreparation
{
    readonly DeviceStorage _storage;
    readonly StoredImage _held;
    readonly SlotHeaderWriter _headerWriter;
    readonly SlotSeal _seal;

    // What this life knows: the slot whose header it wrote, and how far its block area has no erase that was cut.
    SlotId _headerSlot = SlotId.None;
    uint _knownSoundBytes;
    uint _soundBytes;
    bool _isSealed;

    internal SlotPreparation(DeviceStorage storage, int pieceBytes)
    {
        _storage = storage;
        _held = storage.CreateReader();
        _headerWriter = new SlotHeaderWriter(pieceBytes);
        _seal = new SlotSeal(storage.SlotA.Region.ProgramUnitBytes);
    }

    /// <summary>
    /// True when the slot's header names the same image already: a resumed install. Finds out what is known, too.
    /// </summary>
    internal bool FindHeader(Slot slot, byte[] manifestDigest)
    {
        bool isImage = _held.Load(slot) == Status.Ok;
        _isSealed = isImage && _seal.IsSealed(slot);
        _soundBytes = _isSealed ? _held.Manifest.BlockAreaBytes
            : _headerSlot == slot.Id ? _knownSoundBytes
            : 0;
        return isImage
            && _held.CheckTrust(_storage.Trust, _storage.Identity, _storage.SecurityFloor) == Status.Ok
            && Bytes.Equal(_held.ManifestDigest, 0, manifestDigest, 0, Manifest.DigestBytes);
    }

    /// <summary>Blocks from the start whose erased sectors are known to be erased wholly.</summary>
    internal int SoundBlocks(uint blockBytes) => (int)(_soundBytes / blockBytes);

    /// <summary>Writes the header, without a seal: the slot is given up already.</summary>
    internal Status WriteHeader(Slot slot, byte[] tables, int manifestBytes, int signatureBytes)
    {
        _isSealed = false;
        _headerSlot = slot.Id;
        _knownSoundBytes = _soundBytes;
        return _headerWriter.Write(slot, tables, 0, manifestBytes, signatureBytes);
    }

    /// <summary>True when a header that is to stay has a seal: it has to be written again before any erase.</summary>
    internal bool IsSealed => _isSealed;

    /// <summary>Every block up to here was erased in this life, and no erase was cut.</summary>
    internal void NoteSound(SlotId slot, uint soundBytes)
    {
        if (_headerSlot == slot && soundBytes > _knownSoundBytes)
        {
            _knownSoundBytes = soundBytes;
        }
    }

    /// <summary>The flash did not do what it was asked to: nothing is known any more.</summary>
    internal void Forget() => _headerSlot = SlotId.None;

    /// <summary>
    /// The image is complete: seals the slot where that is known to be true. A seal that cannot be programmed only
    /// means that the slot takes no overlays.
    /// </summary>
    internal void Seal(Slot slot, bool keptUnsound)
    {
        if (!_isSealed && _headerSlot == slot.Id && !keptUnsound)
        {
            _seal.Write(slot);
            _headerSlot = SlotId.None;
        }
    }
}
