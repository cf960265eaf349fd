using Twinbank.Core.Checks;
using Twinbank.Core.Journal;
using Twinbank.Core.Overlays;
using Twinbank.Core.Recipes;
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
    GenerationComposer? _launchComposer;

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

    /// <summary>RAM for composed blocks; null where overlays are not supported.</summary>
    public ComposeMemory? ComposeMemory { get; private set; }

    /// <summary>Composes for everything but the boot; null where overlays are not supported.</summary>
    public GenerationComposer? Composer { get; private set; }

    /// <summary>
    /// Makes overlays possible; called before the first reader is created. One half of the memory holds what runs, the
    /// other one what is being looked at meanwhile.
    /// </summary>
    /// <param name="memory">RAM that nothing else uses.</param>
    /// <param name="launchDecoders">The recipe codecs of this device.</param>
    /// <param name="agentDecoders">The same once more, in objects of their own.</param>
    public void OfferComposing(ComposeMemory memory, RecipeDecoder[] launchDecoders, RecipeDecoder[] agentDecoders)
    {
        uint granuleBytes = Identity.TranslationGranuleBytes > 1 ? Identity.TranslationGranuleBytes : 1;
        uint halfBytes = memory.SizeBytes / 2 / granuleBytes * granuleBytes;
        ComposeMemory = memory;
        _launchComposer = NewComposer(memory, 0, halfBytes, launchDecoders, granuleBytes);
        Composer = NewComposer(memory, halfBytes, halfBytes, agentDecoders, granuleBytes);
    }

    /// <summary>Bytes that the composed blocks of one generation may take; 0 where there are no overlays.</summary>
    public uint ComposeBytesMax => ComposeMemory == null ? 0 : ComposeMemory.SizeBytes / 2;

    /// <summary>A new reader for images in these slots; called at start-up only, since it takes memory.</summary>
    public StoredImage CreateReader() => new StoredImage(TablesBytesMax, Scratch, Sha256, Composer);

    /// <summary>The reader of the boot stage: what it composed stays while an application runs on it.</summary>
    public StoredImage CreateLaunchReader() => new StoredImage(TablesBytesMax, Scratch, Sha256, _launchComposer);

    /// <summary>The newest overlay of a slot; 0 when there is none.</summary>
    public ushort NewestGeneration(Slot slot)
    {
        OverlayLog? log = OpenOverlays(slot);
        return log == null ? (ushort)0 : log.Newest;
    }

    /// <summary>The overlay log of a slot, good until the next call; null where there is none.</summary>
    public OverlayLog? OpenOverlays(Slot slot)
        => Composer != null && Composer.OpenLog(slot, withPending: false) == Status.Ok ? Composer.Log : null;

    /// <summary>Verifies a generation whole (invariant I3); NotFound where the board has no such slot.</summary>
    public Status Verify(SlotId id, ushort generation, StoredImage reader)
    {
        Slot? slot = FindSlot(id);
        return slot == null ? Status.NotFound : reader.Verify(slot, generation, Trust, Identity, SecurityFloor);
    }

    GenerationComposer NewComposer(
        ComposeMemory memory, uint start, uint count, RecipeDecoder[] decoders, uint granuleBytes)
        => new GenerationComposer(
            memory, start, count, decoders, new StoredImage(TablesBytesMax, Scratch, Sha256), Sha256, TablesBytesMax,
            SlotA.Region.ProgramUnitBytes, granuleBytes);
}
