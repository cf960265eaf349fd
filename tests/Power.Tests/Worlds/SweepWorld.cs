using Twinbank.Core.Flash;
using Twinbank.Core.Slots;
using Twinbank.Images;
using Twinbank.Simulation.Boards;
using Twinbank.Simulation.Flash;

namespace Twinbank.Power.Tests.Worlds;

/// <summary>
/// One story to sweep: which part, which images, and where it starts. Slot A runs version 1, slot B holds version 0 or
/// nothing, golden holds version 9. The updates to version 2, then to version 3, follow.
/// </summary>
internal sealed class SweepWorld
{
    readonly SweepImage[] _images;
    readonly byte[][] _slotContents;

    /// <param name="geometry">The part.</param>
    /// <param name="sizes">How version 2 compares with version 1.</param>
    /// <param name="blocks">Blocks of versions 0, 1 and 3.</param>
    /// <param name="conduct">What version 2 does in its trial; unless it is good, it is reverted.</param>
    /// <param name="usesDeltas">True to send deltas, false for full containers.</param>
    public SweepWorld(SweepGeometry geometry, SizeClass sizes, int blocks, Conduct conduct, bool usesDeltas)
    {
        Geometry = geometry;
        Sizes = sizes;
        UsesDeltas = usesDeltas;
        Conduct = conduct;
        Blocks = blocks;
        Part = new NorGeometry(
            geometry.Name, geometry.UnitBytes, geometry.IsWriteOnce,
            new Boards.SectorGroup(geometry.SectorBytes, geometry.SizeBytes / geometry.SectorBytes));
        Old = SweepImage.Get(geometry, 0, blocks);
        First = SweepImage.Get(geometry, 1, blocks);
        Second = SweepImage.Get(geometry, 2, BlocksOfSecond(sizes, blocks), conduct);
        Third = SweepImage.Get(geometry, 3, blocks);
        Golden = SweepImage.Get(geometry, 9, 1);
        _images = [Old, First, Second, Third, Golden];
        _slotContents = [.. _images.Select(LayOut)];
        SecondDelta = Second.WriteDelta(First);
        ThirdDelta = Third.WriteDelta(BaseOfThird);
    }

    public SweepGeometry Geometry { get; }

    public SizeClass Sizes { get; }

    public int Blocks { get; }

    /// <summary>What version 2 does in its trial.</summary>
    public Conduct Conduct { get; }

    public bool UsesDeltas { get; }

    public NorGeometry Part { get; }

    public SweepImage Old { get; }

    public SweepImage First { get; }

    public SweepImage Second { get; }

    public SweepImage Third { get; }

    public SweepImage Golden { get; }

    /// <summary>Names the story in case ids: geometry, size class, blocks, kind.</summary>
    public string Name
        => $"{Geometry.Name}/{Sizes}/{Blocks}/{Conduct}/{(UsesDeltas ? "delta" : "full")}";

    SweepImage BaseOfThird => Conduct == Conduct.Good ? Second : First;

    byte[] SecondDelta { get; }

    byte[] ThirdDelta { get; }

    /// <summary>The container that brings the running image to the target: a delta if one was made for it.</summary>
    public byte[] ContainerOf(SweepImage target, SweepImage running)
    {
        if (UsesDeltas && target == Second && running == First)
        {
            return SecondDelta;
        }

        return UsesDeltas && target == Third && running == BaseOfThird ? ThirdDelta : target.FullContainer;
    }

    /// <summary>The image that the slot holds whole, or null. Every byte counts, buffers included.</summary>
    public SweepImage? ImageIn(ReadOnlySpan<byte> flash, int slot)
    {
        for (int index = 0; index < _images.Length; index++)
        {
            // What follows the image's blocks in the slot is nobody's: an older, longer image may still lie there.
            int used = (int)((uint)_images[index].Target.Blocks.Count * Geometry.BlockBytes);

            // The seal is only there after an install that was not cut.
            int header = (int)(Geometry.HeaderBytes - SlotSeal.PlaceBytes(Geometry.UnitBytes));
            if (IsSame(flash, slot, index, 0, header) && IsSame(flash, slot, index, (int)Geometry.HeaderBytes, used))
            {
                return _images[index];
            }
        }

        return null;
    }

    /// <summary>The image that the slot holds as far as it is signed: header, tables and data areas; or null.</summary>
    public SweepImage? SignedImageIn(ReadOnlySpan<byte> flash, int slot)
    {
        for (int index = 0; index < _images.Length; index++)
        {
            TargetImage target = _images[index].Target;
            int tablesOffset = (int)SlotHeader.ManifestOffsetFor(Geometry.UnitBytes);
            bool isSame = IsSame(flash, slot, index, 0, SlotHeader.SizeBytes)
                && IsSame(flash, slot, index, tablesOffset, target.ManifestBytes.Length + target.SignatureArea.Length);
            for (int block = 0; block < target.Blocks.Count && isSame; block++)
            {
                int offset = (int)(Geometry.HeaderBytes + ((uint)block * Geometry.BlockBytes));
                isSame = IsSame(flash, slot, index, offset, target.Blocks[block].Length);
            }

            if (isSame)
            {
                return _images[index];
            }
        }

        return null;
    }

    /// <summary>Blocks of the image that lie in the slot already, each whole with its buffer erased.</summary>
    public int HeldBlocks(SweepImage image, ReadOnlySpan<byte> flash, int slot)
    {
        byte[] expected = _slotContents[Array.IndexOf(_images, image)];
        int slotAddress = (int)Geometry.SlotAddress(slot);
        int held = 0;
        for (int block = 0; block < image.Target.Blocks.Count; block++)
        {
            int offset = (int)(Geometry.HeaderBytes + ((uint)block * Geometry.BlockBytes));
            ReadOnlySpan<byte> present = flash.Slice(slotAddress + offset, (int)Geometry.BlockBytes);
            held += present.SequenceEqual(expected.AsSpan(offset, (int)Geometry.BlockBytes)) ? 1 : 0;
        }

        return held;
    }

    /// <summary>A part as it leaves the factory: no journal, version 1 in A, version 0 or nothing in B.</summary>
    public FlashSnapshot MakeFactoryState()
    {
        var flash = new StrictNorFlash(Part);
        flash.Preload(Geometry.SlotAddress(0), _slotContents[1]);
        flash.Preload(Geometry.SlotAddress(2), _slotContents[4]);
        if (Sizes != SizeClass.EmptySlot)
        {
            flash.Preload(Geometry.SlotAddress(1), _slotContents[0]);
        }

        return flash.Snapshot();
    }

    bool IsSame(ReadOnlySpan<byte> flash, int slot, int image, int offset, int count)
        => flash.Slice((int)Geometry.SlotAddress(slot) + offset, count)
            .SequenceEqual(_slotContents[image].AsSpan(offset, count));

    static int BlocksOfSecond(SizeClass sizes, int blocks)
        => sizes switch
        {
            SizeClass.OneMore => blocks + 1,
            SizeClass.OneLess => blocks - 1,
            SizeClass.MuchSmaller => Math.Max(1, blocks / 3),
            SizeClass.OneBlock => 1,
            _ => blocks,
        };

    byte[] LayOut(SweepImage image)
    {
        var region = new FlashRegion(new StrictNorFlash(Part), Geometry.SlotAddress(0), Geometry.SlotBytes);
        return FactoryProgrammer.Lay(
            region, Geometry.HeaderBytes, image.Target.ManifestBytes, image.Target.SignatureArea, image.Target.Blocks);
    }
}
