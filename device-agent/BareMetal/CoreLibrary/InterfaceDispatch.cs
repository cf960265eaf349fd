using System;
using System.Runtime;

namespace Internal.Runtime;

// Interface calls: cpu.S passes the object and the call's cell, and branches to what Resolve returns. Nothing is
// cached: abstract classes are four times as fast, and the portable code uses those.
static unsafe class InterfaceDispatch
{
    const nint PointerKindMask = 3;
    const nint DirectPointer = 1;
    const uint MapHeaderHalfwords = 4;
    const uint MapEntryHalfwords = 3;

    // A run of cells ends with one whose stub is null; the low half of its value is the interface's slot.
    struct Cell
    {
        internal void* Stub;
        internal nint Value;
    }

    [RuntimeExport("runtime_resolve_interface")]
    static nint Resolve(object target, Cell* cell)
    {
        MethodTable* interfaceType = InterfaceOf(cell);
        Cell* last = cell;
        while (last->Stub != null)
        {
            last++;
        }

        uint slot = (uint)last->Value & 0xFFFF;
        nint code = FindInBases(target._methodTable, interfaceType, slot, defaultMethods: false);
        if (code == 0)
        {
            code = FindInBases(target._methodTable, interfaceType, slot, defaultMethods: true);
        }

        if (code == 0)
        {
            Panic.Raise(PanicCode.TypeLoad);
        }

        return code;
    }

    static MethodTable* InterfaceOf(Cell* cell)
    {
        nint value = cell->Value;
        return (value & PointerKindMask) == DirectPointer
            ? (MethodTable*)(value & ~PointerKindMask)
            : (MethodTable*)(((nint)(&cell->Value) + value) & ~PointerKindMask);
    }

    static nint FindInBases(MethodTable* type, MethodTable* interfaceType, uint slot, bool defaultMethods)
    {
        // The implementation is taken from the object's own table of methods, so that an override counts.
        MethodTable* implementer = type;
        for (; type != null; type = type->BaseType)
        {
            nint code = type->HasDispatchMap ? Find(implementer, type, interfaceType, slot, defaultMethods) : 0;
            if (code != 0)
            {
                return code;
            }
        }

        return 0;
    }

    // The map: counts of ordinary, default, static and static default entries; then entries of interface index,
    // interface slot, implementation slot. Slots beyond the virtual methods are sealed ones.
    static nint Find(
        MethodTable* implementer, MethodTable* type, MethodTable* interfaceType, uint slot, bool defaultMethods)
    {
        ushort* map = type->DispatchMap;
        uint count = map[0];
        ushort* entry = map + MapHeaderHalfwords;
        if (defaultMethods)
        {
            entry += MapEntryHalfwords * count;
            count = map[1];
        }

        for (; count > 0; count--)
        {
            if (entry[1] == slot && type->Interfaces[entry[0]] == interfaceType)
            {
                uint implementation = entry[2];
                return implementation < type->VirtualMethodCount
                    ? implementer->VirtualMethods[implementation]
                    : type->SealedVirtualMethod(implementation - type->VirtualMethodCount);
            }

            entry += MapEntryHalfwords;
        }

        return 0;
    }
}
