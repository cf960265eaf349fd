using System.Runtime.CompilerServices;
using Internal.Runtime.CompilerHelpers;

namespace System;

public sealed unsafe class String
{
    // Layout contract with ilc: length, then the characters.
    readonly int _stringLength;
    char _firstChar;

    public int Length
    {
        [Intrinsic]
        get => _stringLength;
    }

    // csc and ilc know the indexer by this name.
    [IndexerName("Chars")]
    public char this[int index]
    {
        [Intrinsic]
        get
        {
            if ((uint)index >= (uint)Length)
            {
                ThrowHelpers.ThrowIndexOutOfRangeException();
            }

            fixed (char* first = &_firstChar)
            {
                return first[index];
            }
        }
    }

    public ref readonly char GetPinnableReference() => ref _firstChar;

    public override string ToString() => this;

    public static bool Equals(string? left, string? right)
    {
        if ((object?)left == (object?)right)
        {
            return true;
        }

        if (left is null || right is null || left.Length != right.Length)
        {
            return false;
        }

        for (int i = 0; i < left.Length; i++)
        {
            if (left[i] != right[i])
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? other) => other is string text && Equals(this, text);

    public override int GetHashCode() => Length;

    public static bool operator ==(string? left, string? right) => Equals(left, right);

    public static bool operator !=(string? left, string? right) => !Equals(left, right);
}
