using System.Reflection;
using System.Runtime.InteropServices;

namespace Twinbank.Testing;

/// <summary>
/// Counts the memory of an object of the device's code: its numbers, its arrays, and the objects it made.
/// </summary>
static class DecoderMemory
{
    // A word for the type and one for the length, as on a 32-bit device.
    const int ArrayHeadBytes = 8;
    const int ObjectHeadBytes = 4;
    const int ReferenceBytes = 4;

    /// <summary>Bytes on a 32-bit device. Objects that were handed in from outside must not be set yet.</summary>
    internal static int Count(object subject)
    {
        int bytes = ObjectHeadBytes;
        foreach (FieldInfo field in subject.GetType().GetFields(
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            bytes += Count(field.FieldType, field.GetValue(subject));
        }

        return bytes;
    }

    static int Count(Type type, object? value)
    {
        if (type.IsEnum)
        {
            return sizeof(int);
        }

        if (type.IsPrimitive)
        {
            return type == typeof(bool) ? 1 : Marshal.SizeOf(type);
        }

        return ReferenceBytes + (value switch
        {
            null => 0,
            Array array => ArrayHeadBytes + Buffer.ByteLength(array),
            _ => Count(value),
        });
    }
}
