using Twinbank.Core;

namespace Twinbank.BareMetal.QemuVirt;

/// <summary>What a stretch of memory is used for.</summary>
enum MemoryUse
{
    /// <summary>Registers, and flash that is given commands: not cached, in order, never executed.</summary>
    Device,
    /// <summary>Ordinary memory, never executed.</summary>
    Data,
    /// <summary>Ordinary memory, read-only and executable.</summary>
    Code,
    /// <summary>Ordinary memory, read-only and never executed.</summary>
    Constant,
}

/// <summary>
/// Translation tables of ARMv7-A, short descriptors (DDI 0406C, B3.5): sections of 1 MiB, large pages of 64 KiB, small
/// pages of 4 KiB. The biggest that fits is used; second-level tables come from a fixed pool.
/// </summary>
sealed unsafe class Mmu
{
    internal const uint PageBytes = 0x1000;

    /// <summary>Domain of everything that the application may use, and of what only the boot stage may.</summary>
    internal const uint SharedDomain = 0;
    internal const uint BootDomain = 1;

    const uint LargePageBytes = 0x10000;
    const uint SectionBytes = 0x100000;
    const uint Level1Entries = 4096;
    const uint Level2Entries = 256;
    const uint Level2TableBytes = 1024;

    const uint TypeMask = 3;
    const uint TypeTable = 1;
    const uint TypeSection = 2;
    const uint TypeLargePage = 1;
    const uint TypeSmallPage = 2;

    readonly uint* _level1;
    readonly uint _poolStart;
    readonly uint _poolEnd;
    uint _poolNext;

    /// <summary>
    /// Tables in [start, end): 16 KiB for the first level, the rest is the pool. Everything is unmapped.
    /// </summary>
    internal Mmu(uint start, uint end)
    {
        _level1 = (uint*)start;
        _poolStart = start + Level1Entries * 4;
        _poolEnd = end;
        _poolNext = _poolStart;
        for (uint i = 0; i < Level1Entries; i++)
        {
            _level1[i] = 0;
        }
    }

    internal uint* Level1Table => _level1;

    /// <summary>Level of the pool, to be given to <see cref="Release"/> later.</summary>
    internal uint PoolMark => _poolNext;

    /// <summary>
    /// Maps whole pages. Gives Ok, Misaligned, or NoSpace when the pool of tables is used up. With
    /// <paramref name="pagesOnly"/> each page has its own entry and may be mapped to something else later.
    /// </summary>
    internal Status Map(
        uint virtualStart, uint physicalStart, uint byteCount, MemoryUse use, uint domain, bool pagesOnly = false)
    {
        if (((virtualStart | physicalStart | byteCount) & (PageBytes - 1)) != 0)
        {
            return Status.Misaligned;
        }

        while (byteCount != 0)
        {
            uint step = pagesOnly ? PageBytes : Step(virtualStart | physicalStart, byteCount);
            if (step == SectionBytes)
            {
                _level1[virtualStart / SectionBytes] = physicalStart | SectionBits(use, domain);
            }
            else
            {
                uint* table = Level2(virtualStart, domain);
                if (table == null)
                {
                    return Status.NoSpace;
                }

                MapPages(table, virtualStart, physicalStart, step, use);
            }

            virtualStart += step;
            physicalStart += step;
            byteCount -= step;
        }

        return Status.Ok;
    }

    /// <summary>Unmaps whole MiB and gives back all tables handed out after the mark.</summary>
    internal void Release(uint virtualStart, uint byteCount, uint poolMark)
    {
        for (uint offset = 0; offset < byteCount; offset += SectionBytes)
        {
            _level1[(virtualStart + offset) / SectionBytes] = 0;
        }

        _poolNext = poolMark;
    }

    static uint Step(uint alignment, uint byteCount)
    {
        if ((alignment & (SectionBytes - 1)) == 0 && byteCount >= SectionBytes)
        {
            return SectionBytes;
        }

        return (alignment & (LargePageBytes - 1)) == 0 && byteCount >= LargePageBytes ? LargePageBytes : PageBytes;
    }

    // Small pages, or the sixteen equal entries of a large one.
    static void MapPages(uint* table, uint virtualStart, uint physicalStart, uint step, MemoryUse use)
    {
        uint index = (virtualStart / PageBytes) % Level2Entries;
        if (step == PageBytes)
        {
            table[index] = physicalStart | SmallPageBits(use);
            return;
        }

        for (uint i = 0; i < LargePageBytes / PageBytes; i++)
        {
            table[index + i] = physicalStart | LargePageBits(use);
        }
    }

    uint* Level2(uint virtualAddress, uint domain)
    {
        uint* entry = _level1 + virtualAddress / SectionBytes;
        if ((*entry & TypeMask) == TypeTable)
        {
            return (uint*)(*entry & ~(Level2TableBytes - 1));
        }

        if (_poolNext == _poolEnd)
        {
            return null;
        }

        uint* table = (uint*)_poolNext;
        _poolNext += Level2TableBytes;
        for (uint i = 0; i < Level2Entries; i++)
        {
            table[i] = 0;
        }

        *entry = (uint)table | (domain << 5) | TypeTable;
        return table;
    }

    // Access permissions: privileged read/write is AP = 01; with APX it is read-only.
    // Memory type: TEX 000, B = shareable device; TEX 001, C, B = ordinary, write-back, allocated on write.
    static uint SectionBits(MemoryUse use, uint domain)
    {
        uint bits = TypeSection | (domain << 5) | (1 << 10);
        bits |= use == MemoryUse.Device ? 1u << 2 : (1u << 12) | (3 << 2);
        bits |= IsReadOnly(use) ? 1u << 15 : 0;
        return bits | (use == MemoryUse.Code ? 0 : 1u << 4);
    }

    static uint SmallPageBits(MemoryUse use)
    {
        uint bits = TypeSmallPage | (1 << 4);
        bits |= use == MemoryUse.Device ? 1u << 2 : (1u << 6) | (3 << 2);
        bits |= IsReadOnly(use) ? 1u << 9 : 0;
        return bits | (use == MemoryUse.Code ? 0 : 1u);
    }

    static uint LargePageBits(MemoryUse use)
    {
        uint bits = TypeLargePage | (1 << 4);
        bits |= use == MemoryUse.Device ? 1u << 2 : (1u << 12) | (3 << 2);
        bits |= IsReadOnly(use) ? 1u << 9 : 0;
        return bits | (use == MemoryUse.Code ? 0 : 1u << 15);
    }

    static bool IsReadOnly(MemoryUse use) => use == MemoryUse.Code || use == MemoryUse.Constant;
}
