namespace Internal.Runtime;

/// <summary>Where the parts of this image are: filled in by the linker script, in this order.</summary>
public unsafe struct ImageInfo
{
    /// <summary>Initial values of the data; equal to <see cref="DataStart"/> when they are in place already.</summary>
    public uint* DataLoad;
    public uint* DataStart;
    public uint* DataEnd;
    public uint* BssStart;
    public uint* BssEnd;
    public int** ModulesStart;
    public int** ModulesEnd;
    public byte* HeapStart;
    public byte* HeapEnd;
}

/// <summary>
/// From raw memory to a running C# program: data, cleared memory, heap, static fields of reference type.
/// </summary>
public static unsafe class ImageStart
{
    const int ReadyToRunMagic = 0x00525452; // the bytes RTR, 0
    const int StaticsSection = 201;
    const int NotYetAllocated = 1;
    const int HasInitialValues = 2;

    /// <summary>
    /// Runs once, before any static field is used. The hook is told about failed checks and never returns.
    /// </summary>
    public static void Run(ImageInfo* image, delegate*<PanicCode, uint, uint, void> panicHook)
    {
        uint* source = image->DataLoad;
        uint* target = image->DataStart;
        if (source != target)
        {
            while (target < image->DataEnd)
            {
                *target++ = *source++;
            }
        }

        for (target = image->BssStart; target < image->BssEnd; target++)
        {
            *target = 0;
        }

        Heap.Open(image->HeapStart, image->HeapEnd);
        Panic.SetHook(panicHook);
        for (int** module = image->ModulesStart; module < image->ModulesEnd; module++)
        {
            StartModule((byte*)*module);
        }
    }

    // A module's header: magic, ..., row count at 12, row size at 14, rows at 16 of {id, flags, start, end}.
    static void StartModule(byte* header)
    {
        if (*(int*)header != ReadyToRunMagic)
        {
            Panic.Raise(PanicCode.TypeLoad);
        }

        int rowCount = *(ushort*)(header + 12);
        int rowBytes = header[14];
        byte* row = header + 16;
        for (int i = 0; i < rowCount; i++)
        {
            if (*(int*)row == StaticsSection)
            {
                AllocateStatics(*(int**)(row + 8), *(int**)(row + 12));
            }

            row += rowBytes;
        }
    }

    // Each entry points to a block: a pointer to the type that describes the statics of one class, which is replaced
    // by a pointer to the new object; then, where the flag says so, a pointer to the fields' initial values.
    static void AllocateStatics(int* entry, int* end)
    {
        for (; entry < end; entry++)
        {
            int* block = (int*)RelativePointer.Follow(entry);
            nint typeAndFlags = (nint)RelativePointer.Follow(block);
            if ((typeAndFlags & NotYetAllocated) == 0)
            {
                continue;
            }

            MethodTable* type = (MethodTable*)(typeAndFlags & ~(NotYetAllocated | HasInitialValues));
            byte* statics = Heap.Allocate(type->BaseSizeBytes);
            *(MethodTable**)statics = type;
            if ((typeAndFlags & HasInitialValues) != 0)
            {
                Memory.Move(statics + 4, (byte*)RelativePointer.Follow(block + 1), type->BaseSizeBytes - 8);
            }

            *(byte**)block = statics;
        }
    }
}
