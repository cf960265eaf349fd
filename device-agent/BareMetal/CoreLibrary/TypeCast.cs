using Internal.Runtime;

namespace System.Runtime;

// ilc binds casts and array stores to these methods by name.
static unsafe class TypeCast
{
    static object? IsInstanceOfAny(MethodTable* target, object? value)
        => value is not null && IsAssignable(value._methodTable, target) ? value : null;

    static object? IsInstanceOfClass(MethodTable* target, object? value)
        => value is not null && IsSubclass(value._methodTable, target) ? value : null;

    static object? IsInstanceOfInterface(MethodTable* target, object? value)
        => value is not null && Implements(value._methodTable, target) ? value : null;

    static bool IsInstanceOfException(MethodTable* target, object? value)
        => value is not null && IsSubclass(value._methodTable, target);

    static object? CheckCastAny(MethodTable* target, object? value)
        => Checked(value, value is null || IsAssignable(value._methodTable, target));

    static object? CheckCastClass(MethodTable* target, object? value)
        => Checked(value, value is null || IsSubclass(value._methodTable, target));

    static object? CheckCastClassSpecial(MethodTable* target, object? value) => CheckCastClass(target, value);

    static object? CheckCastInterface(MethodTable* target, object? value)
        => Checked(value, value is null || Implements(value._methodTable, target));

    // array[index] = value, for arrays of references.
    static void StelemRef(Array array, nint index, object? value)
    {
        if ((nuint)index >= (nuint)array.Length)
        {
            Panic.Raise(PanicCode.IndexOutOfRange);
        }

        void** elements = (void**)RawObject.ArrayData(array);
        if (value is null)
        {
            elements[index] = null;
            return;
        }

        if (!IsAssignable(value._methodTable, array._methodTable->ArrayElementType))
        {
            Panic.Raise(PanicCode.ArrayTypeMismatch);
        }

        elements[index] = RawObject.Address(value);
    }

    static ref byte LdelemaRef(Array array, nint index, MethodTable* elementType)
    {
        if ((nuint)index >= (nuint)array.Length)
        {
            Panic.Raise(PanicCode.IndexOutOfRange);
        }

        return ref *(byte*)((void**)RawObject.ArrayData(array) + index);
    }

    static object? Checked(object? value, bool fits)
    {
        if (!fits)
        {
            Panic.Raise(PanicCode.InvalidCast);
        }

        return value;
    }

    static bool IsAssignable(MethodTable* type, MethodTable* target)
    {
        if (type == target)
        {
            return true;
        }

        if (target->IsInterface)
        {
            return Implements(type, target);
        }

        return target->IsVector
            ? IsVectorOf(type, target->ArrayElementType)
            : IsRoot(target) || IsSubclass(type, target);
    }

    // System.Object: the one class without a base. Arrays have no chain of bases that would lead to it.
    static bool IsRoot(MethodTable* type) => !type->IsValueType && type->BaseType == null;

    // T[] is an S[] when T is a reference type that is an S.
    static bool IsVectorOf(MethodTable* type, MethodTable* element)
        => type->IsVector && !element->IsValueType && !type->ArrayElementType->IsValueType
            && IsAssignable(type->ArrayElementType, element);

    static bool IsSubclass(MethodTable* type, MethodTable* target)
    {
        for (; type != null; type = type->BaseType)
        {
            if (type == target)
            {
                return true;
            }
        }

        return false;
    }

    static bool Implements(MethodTable* type, MethodTable* target)
    {
        for (uint i = 0; i < type->InterfaceCount; i++)
        {
            if (type->Interfaces[i] == target)
            {
                return true;
            }
        }

        return false;
    }
}
