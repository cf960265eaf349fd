using Internal.Runtime;

namespace System.Runtime;

// Boxing; ilc binds it by name.
static unsafe class RuntimeExports
{
    // Type pointer and object header belong to the base size of a box, but not to its value.
    const uint BoxOverheadBytes = 8;

    static object RhBox(MethodTable* type, ref byte value)
    {
        byte* box = Heap.Allocate(type->BaseSizeBytes);
        *(MethodTable**)box = type;
        fixed (byte* source = &value)
        {
            Memory.Move(box + 4, source, type->BaseSizeBytes - BoxOverheadBytes);
        }

        return RawObject.FromAddress(box);
    }

    static ref byte RhUnbox2(MethodTable* type, object box)
    {
        RhUnboxTypeTest(type, box._methodTable);
        return ref *((byte*)RawObject.Address(box) + 4);
    }

    static void RhUnboxTypeTest(MethodTable* type, MethodTable* boxedType)
    {
        if (type != boxedType)
        {
            Panic.Raise(PanicCode.InvalidCast);
        }
    }

    static void RhUnboxNullable(ref byte target, MethodTable* type, object box) => Panic.Raise(PanicCode.NotSupported);
}
