using Twinbank.Core;
using Twinbank.Core.Format;
using Twinbank.Core.Install;
using Twinbank.Core.Journal;
using Twinbank.Core.Overlays;
using Twinbank.Core.Slots;

namespace Twinbank.Boot;

/// <summary>Brings a verified image to where it runs, and verifies it once more there.</summary>
sealed class ImageLauncher
{
    readonly BootPlatform _platform;
    readonly DeviceStorage _storage;
    readonly MappedBlocks _mapped;
    readonly byte[] _digest = new byte[Manifest.DigestBytes];

    internal ImageLauncher(BootPlatform platform, DeviceStorage storage)
    {
        _platform = platform;
        _storage = storage;
        _mapped = new MappedBlocks(platform);
    }

    internal LaunchImage Image { get; } = new LaunchImage();

    /// <summary>
    /// Maps or loads the image and compares every block, read through the addresses it will run at, with its hash: what
    /// was verified is what runs (invariant I3), whatever the offset table and the memory in between did.
    /// </summary>
    internal Status Prepare(StoredImage stored)
    {
        Status status = stored.Prepare();
        if (status == Status.Ok)
        {
            status = Describe(stored);
        }

        if (status == Status.Ok)
        {
            _mapped.Use(stored.Manifest);
            status = _platform.Map(Image);
        }

        for (int block = 0; status == Status.Ok && block < stored.Manifest.BlockCount; block++)
        {
            status = BlockVerifier.Check(
                _mapped, stored.Manifest, block, _storage.Sha256, _storage.Scratch, _digest);
        }

        return status;
    }

    /// <summary>Fills in what the application is told about its trial.</summary>
    internal void SetTrial(JournalRecord record, bool isTrial)
    {
        Image.IsTrial = isTrial;
        Image.BootsLeft = isTrial ? record.TrialBootsLeft : 0u;
        Image.ProbationMilliseconds = Image.IsTrial ? record.ProbationSeconds * 1000 : 0;
        Image.DeadlineMilliseconds = Image.IsTrial
            ? _platform.Milliseconds + (Probation.DeadlineSeconds(record.ProbationSeconds) * 1000)
            : 0;
    }

    Status Describe(StoredImage stored)
    {
        Manifest manifest = stored.Manifest;
        Slot slot = stored.Slot!;
        if (manifest.PayloadKind is not (PayloadKind.NativeXip or PayloadKind.NativeRam))
        {
            return Status.WrongKind;
        }

        if (manifest.ExtentCount > LaunchImage.ExtentCountMax)
        {
            return Status.BadTranslation;
        }

        Image.Slot = slot.Region;
        Image.SlotNumber = (uint)slot.Id;
        Image.Generation = stored.Generation;
        Image.VirtualBase = manifest.VirtualBase;
        Image.EntryAddress = manifest.EntryAddress;
        Image.RunsFromRam = manifest.PayloadKind == PayloadKind.NativeRam;
        Image.ExtentCount = manifest.ExtentCount;
        for (int extent = 0; extent < manifest.ExtentCount; extent++)
        {
            Image.ExtentVirtualStarts[extent] = manifest.VirtualBase + manifest.ExtentVirtualStart(extent);
            Image.ExtentByteCounts[extent] = manifest.ExtentLengthBytes(extent);
            Image.ExtentSlotOffsets[extent] = slot.HeaderAreaBytes + manifest.ExtentSlotOffset(extent);
        }

        return DescribePatches(stored);
    }

    // What an overlay moved or made lies somewhere else than the offset table says.
    Status DescribePatches(StoredImage stored)
    {
        Manifest manifest = stored.Manifest;
        Image.PatchCount = 0;
        for (int block = 0; block < manifest.BlockCount; block++)
        {
            uint place = stored.PlaceOf(block);
            if (place == (uint)block)
            {
                continue;
            }

            if (Image.PatchCount == LaunchImage.PatchCountMax)
            {
                return Status.NoSpace;
            }

            int patch = Image.PatchCount++;
            bool isInMemory = (place & GenerationBlocks.InMemory) != 0;
            Image.PatchVirtualStarts[patch] = manifest.VirtualBase + manifest.BlockVirtualStart(block);
            Image.PatchByteCounts[patch] = manifest.BlockDataBytes(block);
            Image.PatchIsInMemory[patch] = isInMemory;
            Image.PatchOffsets[patch] = isInMemory
                ? place & ~GenerationBlocks.InMemory
                : stored.Slot!.HeaderAreaBytes + (place * manifest.BlockBytes);
        }

        return Status.Ok;
    }
}
