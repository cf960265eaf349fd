namespace Internal.Runtime;

/// <summary>
/// The type record that ilc emits, 32-bit layout: 20 fixed bytes, then the virtual methods, then pointers to the
/// interfaces, then relative pointers: type manager, writable data, and where the flags say so dispatch map, finaliser
/// and sealed virtual methods.
/// </summary>
public unsafe struct MethodTable
{
    const uint HasComponentSizeFlag = 0x80000000;
    const uint HasDispatchMapFlag = 0x00040000;
    const uint HasFinaliserFlag = 0x00100000;
    const int KindShift = 16;
    const int ElementTypeShift = 26;
    const uint FirstReferenceElementType = 0x14;
    const uint InterfaceElementType = 0x15;
    const uint VectorElementType = 0x18;

    uint _flags;
    uint _baseSizeBytes;
    MethodTable* _relatedType;
    ushort _virtualMethodCount;
    ushort _interfaceCount;
    uint _hashCode;

    /// <summary>Size of an instance without array elements, object header included.</summary>
    internal uint BaseSizeBytes => _baseSizeBytes;

    /// <summary>Size of an array element or a character; 0 for other types.</summary>
    internal uint ComponentBytes => (_flags & HasComponentSizeFlag) != 0 ? _flags & 0xFFFF : 0;

    internal MethodTable* BaseType => ((_flags >> KindShift) & 3) == 0 ? _relatedType : null;

    /// <summary>Element type of an array.</summary>
    internal MethodTable* ArrayElementType => _relatedType;

    internal bool HasDispatchMap => (_flags & HasDispatchMapFlag) != 0;

    internal bool IsInterface => ElementType == InterfaceElementType;

    internal bool IsVector => ElementType == VectorElementType;

    internal bool IsValueType => ElementType < FirstReferenceElementType;

    internal uint VirtualMethodCount => _virtualMethodCount;

    internal uint InterfaceCount => _interfaceCount;

    internal nint* VirtualMethods
    {
        get
        {
            fixed (MethodTable* self = &this)
            {
                return (nint*)(self + 1);
            }
        }
    }

    internal MethodTable** Interfaces => (MethodTable**)(VirtualMethods + _virtualMethodCount);

    internal ushort* DispatchMap => (ushort*)RelativePointer.Follow(OptionalFields);

    /// <summary>Code of a sealed virtual method, which has no place in the table of virtual methods.</summary>
    internal nint SealedVirtualMethod(uint index)
    {
        int* field = OptionalFields + 1;
        if ((_flags & HasFinaliserFlag) != 0)
        {
            field++;
        }

        return (nint)RelativePointer.Follow((int*)RelativePointer.Follow(field) + index);
    }

    uint ElementType => (_flags >> ElementTypeShift) & 31;

    // Behind the interfaces: type manager and writable data, then the dispatch map and what else there is.
    int* OptionalFields => (int*)(Interfaces + _interfaceCount) + 2;
}
