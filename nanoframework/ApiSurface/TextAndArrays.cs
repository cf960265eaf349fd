using System.Collections;
using System.Reflection;

namespace System;

/// <summary>
/// Format and Concat are there on nanoFramework and left out here: bare metal has neither, and what the portable code
/// reports is numbers.
/// </summary>
public sealed class String : IComparable, IEnumerable
{
    public static readonly string Empty;

    public extern String(char[] value);

    public extern String(char[] value, int startIndex, int length);

    public extern String(char c, int count);

    public extern int Length { get; }

    [Runtime.CompilerServices.IndexerName("Chars")]
    public extern char this[int index] { get; }

    public static extern bool operator ==(string? a, string? b);

    public static extern bool operator !=(string? a, string? b);

    public override extern bool Equals(object? obj);

    public override extern int GetHashCode();

    public static extern bool Equals(string? a, string? b);

    public static extern bool IsNullOrEmpty(string? value);

    public static extern int Compare(string? strA, string? strB);

    public extern int CompareTo(object? value);

    public extern int CompareTo(string? strB);

    public extern IEnumerator GetEnumerator();

    public extern char[] ToCharArray();

    public extern char[] ToCharArray(int startIndex, int length);

    public extern string Substring(int startIndex);

    public extern string Substring(int startIndex, int length);

    public extern int IndexOf(char value);

    public extern int IndexOf(char value, int startIndex);

    public extern int IndexOf(char value, int startIndex, int count);

    public extern int IndexOf(string value);

    public extern int LastIndexOf(char value);

    public extern bool Contains(string value);

    public extern bool StartsWith(string value);

    public extern bool EndsWith(string value);

    public extern string Trim();

    public extern string ToLower();

    public extern string ToUpper();
}

public abstract class Array : ICloneable, IList
{
    public extern int Length { get; }

    public extern object SyncRoot { get; }

    public extern bool IsReadOnly { get; }

    public extern bool IsFixedSize { get; }

    public extern bool IsSynchronized { get; }

    extern int ICollection.Count { get; }

    extern object? IList.this[int index] { get; set; }

    public static extern Array CreateInstance(Type elementType, int length);

    public static extern void Copy(Array sourceArray, Array destinationArray, int length);

    public static extern void Copy(
        Array sourceArray, int sourceIndex, Array destinationArray, int destinationIndex, int length);

    public static extern void Clear(Array array, int index, int length);

    public static extern int BinarySearch(Array array, object value, IComparer? comparer);

    public static extern int IndexOf(Array array, object? value);

    public static extern int IndexOf(Array array, object? value, int startIndex);

    public static extern int IndexOf(Array array, object? value, int startIndex, int count);

    public extern object GetValue(int index);

    public extern object Clone();

    public extern void CopyTo(Array array, int index);

    public extern IEnumerator GetEnumerator();

    extern int IList.Add(object? value);

    extern bool IList.Contains(object? value);

    extern void IList.Clear();

    extern int IList.IndexOf(object? value);

    extern void IList.Insert(int index, object? value);

    extern void IList.Remove(object? value);

    extern void IList.RemoveAt(int index);
}

/// <summary>The only span there is; .NET and bare metal have none of this name.</summary>
public readonly ref struct SpanByte
{
    public extern SpanByte(byte[] array);

    public extern SpanByte(byte[] array, int start, int length);

    public static extern SpanByte Empty { get; }

    public extern int Length { get; }

    public extern bool IsEmpty { get; }

    public extern byte this[int index] { get; set; }

    public extern void CopyTo(SpanByte destination);

    public extern SpanByte Slice(int start);

    public extern SpanByte Slice(int start, int length);

    public extern byte[] ToArray();
}

public abstract class Delegate
{
    public extern MethodInfo Method { get; }

    public extern object? Target { get; }

    public static extern Delegate? Combine(Delegate? a, Delegate? b);

    public static extern Delegate? Remove(Delegate? source, Delegate? value);

    public static extern bool operator ==(Delegate? d1, Delegate? d2);

    public static extern bool operator !=(Delegate? d1, Delegate? d2);

    public override extern bool Equals(object? obj);

    public override extern int GetHashCode();
}

public abstract class MulticastDelegate : Delegate
{
}

public delegate void EventHandler(object sender, EventArgs e);

public class EventArgs
{
    public static readonly EventArgs Empty;
}
