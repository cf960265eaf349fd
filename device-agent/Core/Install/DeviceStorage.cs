using Twinbank.Core.Checks;
using Twinbank.Core.Journal;
using Twinbank.Core.Slots;
using Twinbank.Core.Trust;

namespace Twinbank.Core.Install;

/// <summary>
/// What every part of an agent works on: the slots, the journal, who is trusted, and the buffers they share. One per
/// device; all calls come from one thread, and none keeps the scratch buffer or the digest between calls.
/// </summary>
public sealed class DeviceStorage
{
    readonly Slot? _golden;

    /// <param name="identity">What this device is.</param>
    /// <param name="journal">Not mounted yet.</param>
    /// <param name="slotA">Slot A.</param>
    /// <param name="slotB">Slot B, of the same size.</param>
    /// <param name="golden">The second store, or null where the board has none.</param>
    /// <param name="trust">Filled with the keys of this device.</param>
    /// <param name="sha256">Shared hash.</param>
    /// <param name="scratchBytes">Size of the shared read buffer; 1,024 is plenty, 64 the least, and a program
    /// unit.</param>
    /// <param name="tablesBytesMax">Largest manifest with its signatures that this device holds in RAM.</param>
    public DeviceStorage(
        DeviceIdentity identity, BootJournal journal, Slot slotA, Slot slotB, Slot? golden, TrustStore trust,
        DigestAlgorithm sha256, int scratchBytes, int tablesBytesMax)
    {
        Identity = identity;
        Journal = journal;
        SlotA = slotA;
        SlotB = slotB;
        _golden = golden;
        Trust = trust;
        Sha256 = sha256;
        Scratch = new byte[scratchBytes];
        TablesBytesMax = tablesBytesMax;
    }

    public DeviceIdentity Identity { get; }

    public BootJournal Journal { get; }

    public Slot SlotA { get; }

    public Slot SlotB { get; }

    public TrustStore Trust { get; }

    public DigestAlgorithm Sha256 { get; }

    public byte[] Scratch { get; }

    public int TablesBytesMax { get; }

    /// <summary>
    /// Set by the boot stage when no slot holds an image that may run. Then there is nothing left to protect, and any
    /// slot but golden may be installed into, whatever state the journal is in.
    /// </summary>
    public bool NothingBootable { get; set; }

    /// <summary>Smallest security counter accepted now; 0 while the journal has no record.</summary>
    public uint SecurityFloor => Journal.HasRecord ? Journal.Current.SecurityFloor : 0;

    /// <summary>The slot of that name, or null where the board has none.</summary>
    public Slot? FindSlot(SlotId id)
        => id switch
        {
            SlotId.A => SlotA,
            SlotId.B => SlotB,
            SlotId.Golden => _golden,
            _ => null,
        };

    /// <summary>A new reader for images in these slots; called at start-up only, since it takes memory.</summary>
    public StoredImage CreateReader() => new StoredImage(TablesBytesMax, Scratch, Sha256);

    /// <summary>Verifies the image in a slot whole (invariant I3); NotFound where the board has no such slot.</summary>
    public Status Verify(SlotId id, StoredImage reader)
    {
        Slot? slot = FindSlot(id);
        return slot == null ? Status.NotFound : reader.Verify(slot, Trust, Identity, SecurityFloor);
    }
}
