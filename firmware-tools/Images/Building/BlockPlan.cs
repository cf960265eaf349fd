using Twinbank.Boards;
using Twinbank.Core.Format;
using Twinbank.Errors;
using Twinbank.Formats;

namespace Twinbank.Images.Building;

/// <summary>
/// How a payload is divided into logical blocks: the virtual range is cut into windows of one data area each, and every
/// window that holds anything becomes the next block. Gaps inside a window are filled with 0xFF, as erased flash reads;
/// windows without data cost nothing. What no processor runs from its place starts at its first byte, so that a lone
/// word at a far address, such as a chip's configuration, comes back without neighbours it never had.
/// </summary>
public sealed class BlockPlan
{
    BlockPlan(
        uint virtualBase, uint blockBytes, IReadOnlyList<PlannedBlock> blocks, IReadOnlyList<PlannedExtent> extents)
    {
        VirtualBase = virtualBase;
        BlockBytes = blockBytes;
        Blocks = blocks;
        Extents = extents;
    }

    public uint VirtualBase { get; }

    public uint BlockBytes { get; }

    public IReadOnlyList<PlannedBlock> Blocks { get; }

    public IReadOnlyList<PlannedExtent> Extents { get; }

    /// <summary>Length of the virtual range: to the end of the last data.</summary>
    public uint VirtualBytes => Blocks[^1].VirtualStart + (uint)Blocks[^1].Data.Length;

    /// <summary>
    /// Plans for a board. FW1108 when the payload is empty, FW1301 when it lies outside the board's window,
    /// FW1302 when it needs more blocks than there are, FW1303 when the block or buffer size does not fit the board.
    /// </summary>
    public static BlockPlan For(ImageRequest request, bool isNative)
    {
        Board board = request.Board;
        MemoryImage payload = request.Payload;
        uint? blockBytes = request.BlockBytes;
        uint? bufferBytes = request.BufferBytes;
        uint block = blockBytes ?? board.Slots.BlockBytes;
        uint buffer = bufferBytes ?? (blockBytes is null ? board.Slots.BufferBytes : 0);
        CheckSizes(board, block, buffer);
        if (payload.Segments.Count == 0)
        {
            throw new FirmwareException(ErrorCode.PayloadEmpty, ("path", request.PayloadSource));
        }

        uint virtualBase = isNative ? board.VirtualBase : payload.Segments[0].Address;
        if (isNative)
        {
            CheckWindow(board, payload);
        }

        IReadOnlyList<PlannedBlock> blocks = Cut(payload, virtualBase, block - buffer, startsAtData: !isNative);
        uint available = (board.Slots.SlotBytes - board.Slots.HeaderBytes) / block;
        uint limit = Math.Min(available, FormatLimits.BlockCountMax);
        if (blocks.Count > limit)
        {
            throw new FirmwareException(
                ErrorCode.PayloadTooLarge, ("board", board.Id), ("size", (long)blocks.Count * (block - buffer)),
                ("limit", (long)limit * (block - buffer)));
        }

        return new BlockPlan(virtualBase, block, blocks, MakeExtents(board, blocks, block, isNative));
    }

    static void CheckSizes(Board board, uint block, uint buffer)
    {
        string? problem = null;
        if (block < FormatLimits.BlockBytesMin || block > FormatLimits.BlockBytesMax || (block & (block - 1)) != 0)
        {
            problem = $"the block size must be a power of two from {FormatLimits.BlockBytesMin} to "
                + $"{FormatLimits.BlockBytesMax} bytes";
        }
        else if (block % board.Slots.SectorBytes != 0)
        {
            problem = $"the block size must be a multiple of the sector size, {board.Slots.SectorBytes} bytes";
        }
        else if (buffer >= block || !board.Translation.IsAligned(buffer))
        {
            problem = $"the buffer size must be less than a block and a multiple of "
                + $"{board.Translation.GranuleBytes} bytes, the granule of the board's translation";
        }

        if (problem != null)
        {
            throw new FirmwareException(
                ErrorCode.BlockGeometryRefused, ("board", board.Id), ("blockBytes", block), ("bufferBytes", buffer),
                ("reason", problem));
        }
    }

    static void CheckWindow(Board board, MemoryImage payload)
    {
        ulong windowEnd = (ulong)board.VirtualBase + board.VirtualBytes;
        uint start = payload.Segments[0].Address;
        ulong end = payload.Segments[^1].EndAddress;
        if (start < board.VirtualBase || end > windowEnd)
        {
            throw new FirmwareException(
                ErrorCode.PayloadOutsideSlot, ("board", board.Id), ("start", start), ("end", (uint)(end - 1)),
                ("slotStart", board.VirtualBase), ("slotEnd", (uint)(windowEnd - 1)));
        }
    }

    static List<PlannedBlock> Cut(MemoryImage payload, uint virtualBase, uint windowBytes, bool startsAtData)
    {
        var blocks = new List<PlannedBlock>();
        byte[] window = [];
        uint windowStart = 0;
        int first = 0;
        int used = 0;
        foreach (MemorySegment segment in payload.Segments)
        {
            int taken = 0;
            while (taken < segment.Data.Length)
            {
                uint offset = segment.Address + (uint)taken - virtualBase;
                uint start = offset / windowBytes * windowBytes;
                if (used == 0 || start != windowStart)
                {
                    Flush();
                    window = new byte[windowBytes];
                    Array.Fill(window, (byte)0xFF);
                    windowStart = start;
                }

                int at = (int)(offset - start);
                first = used == 0 && startsAtData ? at : first;
                int piece = Math.Min(segment.Data.Length - taken, (int)windowBytes - at);
                segment.Data.AsSpan(taken, piece).CopyTo(window.AsSpan(at));
                used = at + piece;
                taken += piece;
            }
        }

        Flush();
        return blocks;

        void Flush()
        {
            if (used > 0)
            {
                blocks.Add(new PlannedBlock(windowStart + (uint)first, window[first..used]));
                first = 0;
                used = 0;
            }
        }
    }

    static List<PlannedExtent> MakeExtents(
        Board board, IReadOnlyList<PlannedBlock> blocks, uint blockBytes, bool isNative)
    {
        // Where hardware translates, extents are whole granules: what follows the data there is the block's own buffer.
        uint granule = isNative && board.Translation.ExecutesInPlace ? board.Translation.GranuleBytes : 1;
        var extents = new List<PlannedExtent>();
        for (int index = 0; index < blocks.Count; index++)
        {
            PlannedBlock block = blocks[index];
            uint length = ((uint)block.Data.Length + granule - 1) / granule * granule;
            uint slotOffset = (uint)index * blockBytes;
            PlannedExtent? last = extents.Count > 0 ? extents[^1] : null;
            if (last != null && last.VirtualStart + last.LengthBytes == block.VirtualStart
                && last.SlotOffset + last.LengthBytes == slotOffset)
            {
                extents[^1] = last with { LengthBytes = last.LengthBytes + length };
            }
            else
            {
                extents.Add(new PlannedExtent(block.VirtualStart, length, slotOffset));
            }
        }

        return extents;
    }
}
