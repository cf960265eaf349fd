using Twinbank.Boards;
using Twinbank.Boot;
using Twinbank.Core;
using Twinbank.Core.Overlays;

namespace Twinbank.Simulation.Boards;

/// <summary>
/// The address space of the simulated processor: makes an image visible where it runs, through its extents or as a
/// copy in RAM.
/// </summary>
internal sealed class MappedImage(MemoryRange window, uint granuleBytes, ComposeMemory? memory)
{
    readonly List<Extent> _extents = [];
    readonly List<Patch> _patches = [];

    /// <summary>Checks every extent before it maps the first. Gives the statuses of BootPlatform.Map.</summary>
    internal Status Map(LaunchImage image)
    {
        _extents.Clear();
        _patches.Clear();
        if (image.Slot is null || image.ExtentCount is < 1 or > LaunchImage.ExtentCountMax)
        {
            return Status.BadTranslation;
        }

        for (int index = 0; index < image.ExtentCount; index++)
        {
            Status status = Check(image, index);
            if (status != Status.Ok)
            {
                return status;
            }
        }

        return MapAll(image);
    }

    /// <summary>Reads through the mapping. Ok, OutOfRange, or what the flash says.</summary>
    internal Status Read(uint virtualAddress, byte[] buffer, int offset, int count)
    {
        while (count > 0)
        {
            int piece;
            Status status = FindPatch(virtualAddress) is { } patch
                ? ReadPatch(patch, virtualAddress, buffer, offset, count, out piece)
                : ReadExtent(virtualAddress, buffer, offset, count, out piece);
            if (status != Status.Ok)
            {
                return status;
            }

            virtualAddress += (uint)piece;
            offset += piece;
            count -= piece;
        }

        return Status.Ok;
    }

    Patch? FindPatch(uint virtualAddress)
        => _patches.Find(each => virtualAddress - each.VirtualStart < each.ByteCount);

    Status ReadPatch(Patch patch, uint virtualAddress, byte[] buffer, int offset, int count, out int piece)
    {
        uint within = virtualAddress - patch.VirtualStart;
        piece = (int)Math.Min((uint)count, patch.ByteCount - within);
        return patch.IsInMemory
            ? memory!.Read(patch.Offset + within, buffer, offset, piece)
            : patch.Slot.Read(patch.Offset + within, buffer, offset, piece);
    }

    Status ReadExtent(uint virtualAddress, byte[] buffer, int offset, int count, out int piece)
    {
        piece = 0;
        Extent? extent = _extents.Find(each => virtualAddress - each.VirtualStart < each.ByteCount);
        if (extent is null)
        {
            return Status.OutOfRange;
        }

        uint within = virtualAddress - extent.VirtualStart;
        piece = (int)Math.Min((uint)count, extent.ByteCount - within);
        foreach (Patch patch in _patches)
        {
            uint ahead = patch.VirtualStart - virtualAddress;
            piece = ahead < (uint)piece ? (int)ahead : piece;
        }

        return extent.Read(within, buffer, offset, piece);
    }

    // What lies outside the window or off the granule no translation could map.
    Status MapPatches(LaunchImage image)
    {
        for (int index = 0; index < image.PatchCount; index++)
        {
            var patch = new Patch(
                image.Slot!, image.PatchVirtualStarts[index], image.PatchByteCounts[index],
                image.PatchIsInMemory[index], image.PatchOffsets[index]);
            if (!window.Contains(new MemoryRange(patch.VirtualStart, patch.ByteCount))
                || (patch.IsInMemory && memory is null))
            {
                return Status.OutOfRange;
            }

            if (granuleBytes > 1 && ((patch.VirtualStart | patch.Offset) & (granuleBytes - 1)) != 0)
            {
                return Status.Misaligned;
            }

            _patches.Add(patch);
        }

        return Status.Ok;
    }

    Status Check(LaunchImage image, int index)
    {
        uint start = image.ExtentVirtualStarts[index];
        uint bytes = image.ExtentByteCounts[index];
        uint slotOffset = image.ExtentSlotOffsets[index];
        if (!window.Contains(new MemoryRange(start, bytes))
            || slotOffset > image.Slot!.SizeBytes || bytes > image.Slot.SizeBytes - slotOffset)
        {
            return Status.OutOfRange;
        }

        bool isAligned = ((start | bytes | slotOffset) & (granuleBytes - 1)) == 0;
        return isAligned || image.RunsFromRam ? Status.Ok : Status.Misaligned;
    }

    Status MapAll(LaunchImage image)
    {
        for (int index = 0; index < image.ExtentCount; index++)
        {
            var extent = new Extent(image, index);
            Status status = image.RunsFromRam ? extent.Load() : Status.Ok;
            if (status != Status.Ok)
            {
                _extents.Clear();
                return status;
            }

            _extents.Add(extent);
        }

        return MapPatches(image);
    }

    sealed record Patch(
        Core.Flash.FlashRegion Slot, uint VirtualStart, uint ByteCount, bool IsInMemory, uint Offset);

    sealed class Extent(LaunchImage image, int index)
    {
        readonly Core.Flash.FlashRegion _slot = image.Slot!;
        readonly uint _slotOffset = image.ExtentSlotOffsets[index];
        byte[]? _ram;

        public uint VirtualStart { get; } = image.ExtentVirtualStarts[index];

        public uint ByteCount { get; } = image.ExtentByteCounts[index];

        public Status Load()
        {
            byte[] ram = new byte[ByteCount];
            Status status = _slot.Read(_slotOffset, ram, 0, ram.Length);
            _ram = ram;
            return status;
        }

        public Status Read(uint within, byte[] buffer, int offset, int count)
        {
            if (_ram is null)
            {
                return _slot.Read(_slotOffset + within, buffer, offset, count);
            }

            Array.Copy(_ram, (int)within, buffer, offset, count);
            return Status.Ok;
        }
    }
}
