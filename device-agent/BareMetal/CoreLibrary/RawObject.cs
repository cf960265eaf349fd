using System;

namespace Internal.Runtime;

/// <summary>Objects as addresses. Nothing moves them, so an address stays valid for ever.</summary>
public static unsafe class RawObject
{
#pragma warning disable CS8500 // Address of a managed reference: harmless without a garbage collector.
    public static void* Address(object value) => *(void**)&value;

    public static object FromAddress(void* address) => *(object*)&address;
#pragma warning restore CS8500

    /// <summary>Address of element 0: type and length come first.</summary>
    public static byte* ArrayData(Array array) => (byte*)Address(array) + 8;
}
