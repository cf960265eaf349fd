using Twinbank.Core;
using Twinbank.Core.Checks;
using Twinbank.Core.Format;
using Twinbank.Core.Install;
using Twinbank.Core.Journal;
using Twinbank.Core.Slots;

namespace Twinbank.Boot;

/// <summary>Brings a verified image to where it runs, and verifies it once more there.</summary>
sealed class ImageLauncher
{
    readonly BootPlatform _platform;
    readonly DeviceStorage _storage;
    readonly byte[] _digest = new byte[Manifest.DigestBytes];

    internal ImageLauncher(BootPlatform platform, DeviceStorage storage)
    {
        _platform = platform;
        _storage = storage;
    }

    internal LaunchImage Image { get; } = new LaunchImage();

    /// <summary>
    /// Maps or loads the image and compares every block, read through the addresses it will run at, with its hash: what
    /// was verified is what runs (invariant I3), whatever the offset table and the memory in between did.
    /// </summary>
    internal Status Prepare(StoredImage stored)
    {
        Status status = Describe(stored);
        if (status == Status.Ok)
        {
            status = _platform.Map(Image);
        }

        for (int block = 0; status == Status.Ok && block < stored.Manifest.BlockCount; block++)
        {
            status = CheckMappedBlock(stored.Manifest, block);
        }

        return status;
    }

    /// <summary>Fills in what the application is told about its trial.</summary>
    internal void SetTrial(JournalRecord record)
    {
        Image.IsTrial = record.State == JournalState.Trial;
        Image.BootsLeft = record.TrialBootsLeft;
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

        return Status.Ok;
    }

    Status CheckMappedBlock(Manifest manifest, int block)
    {
        DigestAlgorithm sha256 = _storage.Sha256;
        byte[] scratch = _storage.Scratch;
        uint address = manifest.VirtualBase + manifest.BlockVirtualStart(block);
        uint left = manifest.BlockDataBytes(block);
        sha256.Reset();
        while (left > 0)
        {
            int piece = left < (uint)scratch.Length ? (int)left : scratch.Length;
            Status status = _platform.ReadMapped(address, scratch, 0, piece);
            if (status != Status.Ok)
            {
                return status;
            }

            sha256.Update(scratch, 0, piece);
            address += (uint)piece;
            left -= (uint)piece;
        }

        sha256.Finish(_digest, 0);
        return Bytes.Equal(
            _digest, 0, manifest.Source, manifest.BlockDigestSourceOffset(block), Manifest.DigestBytes)
            ? Status.Ok
            : Status.BadDigest;
    }
}
