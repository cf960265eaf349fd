using System;
using System.Runtime;

namespace Internal.Runtime.CompilerHelpers;

// Symbols that code compiled by ilc imports: allocation and calls across the managed border.
static unsafe class RuntimeSymbols
{
    // Far below 2^32 with any element size, so that the size calculation cannot wrap.
    const uint ArrayBytesMax = 0x40000000;

    [RuntimeExport("RhpReversePInvoke")]
    static void ReversePInvoke(IntPtr frame)
    {
    }

    [RuntimeExport("RhpReversePInvokeReturn")]
    static void ReversePInvokeReturn(IntPtr frame)
    {
    }

    [RuntimeExport("RhpNewFast")]
    static void* NewObject(MethodTable* type)
    {
        byte* address = Heap.Allocate(type->BaseSizeBytes);
        *(MethodTable**)address = type;
        return address;
    }

    [RuntimeExport("RhpNewFinalizable")]
    static void* NewFinalizable(MethodTable* type) => NewObject(type);

    // The core reads 64-bit fields by two words: no alignment beyond 4 is needed.
    [RuntimeExport("RhpNewFastAlign8")]
    static void* NewAligned(MethodTable* type) => NewObject(type);

    [RuntimeExport("RhpNewFastMisalign")]
    static void* NewMisaligned(MethodTable* type) => NewObject(type);

    [RuntimeExport("RhpNewArrayFast")]
    static void* NewArray(MethodTable* type, int length)
    {
        uint elementBytes = type->ComponentBytes;
        if (length < 0 || (elementBytes != 0 && (uint)length > ArrayBytesMax / elementBytes))
        {
            Panic.Raise(PanicCode.Overflow);
        }

        byte* address = Heap.Allocate(type->BaseSizeBytes + elementBytes * (uint)length);
        *(MethodTable**)address = type;
        *(int*)(address + 4) = length;
        return address;
    }

    [RuntimeExport("RhpNewArrayFastAlign8")]
    static void* NewArrayAligned(MethodTable* type, int length) => NewArray(type, length);

    [RuntimeExport("RhpNewPtrArrayFast")]
    static void* NewReferenceArray(MethodTable* type, int length) => NewArray(type, length);
}
