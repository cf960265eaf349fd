namespace System
{
    public static class BitConverter
    {
        public static extern bool IsLittleEndian { get; }

        public static extern long DoubleToInt64Bits(double value);

        public static extern double Int64BitsToDouble(long value);

        public static extern byte[] GetBytes(int value);

        public static extern byte[] GetBytes(uint value);

        public static extern int ToInt32(byte[] value, int startIndex);

        public static extern uint ToUInt32(byte[] value, int startIndex);
    }

    public static class Console
    {
        public static extern void Write(string value);

        public static extern void WriteLine();

        public static extern void WriteLine(string value);
    }

    public static class GC
    {
        public static extern void WaitForPendingFinalizers();

        public static extern void SuppressFinalize(object obj);

        public static extern void ReRegisterForFinalize(object obj);
    }

    public class Random
    {
        public extern Random();

        public extern Random(int seed);

        public virtual extern int Next();

        public virtual extern int Next(int maxValue);

        public virtual extern double NextDouble();

        public virtual extern void NextBytes(byte[] buffer);
    }

    public abstract class Type : Reflection.MemberInfo
    {
        public abstract string FullName { get; }

        public static extern Type GetType(string typeName);

        public static extern Type GetTypeFromHandle(RuntimeTypeHandle handle);
    }

    public sealed class WeakReference
    {
        public extern WeakReference(object target);

        public extern bool IsAlive { get; }

        public extern object? Target { get; set; }
    }
}

namespace System.Collections
{
    public class ArrayList : IList, ICloneable
    {
        public extern ArrayList();

        public virtual extern int Capacity { get; set; }

        public virtual extern int Count { get; }

        public virtual extern bool IsFixedSize { get; }

        public virtual extern bool IsReadOnly { get; }

        public virtual extern bool IsSynchronized { get; }

        public virtual extern object SyncRoot { get; }

        public virtual extern object? this[int index] { get; set; }

        public virtual extern int Add(object? value);

        public virtual extern void Clear();

        public virtual extern object Clone();

        public virtual extern bool Contains(object? value);

        public virtual extern void CopyTo(Array array, int index);

        public virtual extern IEnumerator GetEnumerator();

        public virtual extern int IndexOf(object? value);

        public virtual extern void Insert(int index, object? value);

        public virtual extern void Remove(object? value);

        public virtual extern void RemoveAt(int index);

        public virtual extern object?[] ToArray();
    }
}

namespace System.Diagnostics
{
    public static class Debug
    {
        [Conditional("DEBUG")]
        public static extern void Assert(bool condition);

        [Conditional("DEBUG")]
        public static extern void Assert(bool condition, string message);

        public static extern void WriteLine(string message);
    }
}

namespace System.Reflection
{
    public abstract class MemberInfo
    {
        public abstract string Name { get; }
    }

    public abstract class MethodBase : MemberInfo
    {
        public extern object? Invoke(object? obj, object?[]? parameters);
    }

    public abstract class MethodInfo : MethodBase
    {
    }
}

namespace System.Threading
{
    public static class Interlocked
    {
        public static extern int Increment(ref int location);

        public static extern int Decrement(ref int location);

        public static extern int Exchange(ref int location1, int value);

        public static extern int CompareExchange(ref int location1, int value, int comparand);
    }

    public static class Monitor
    {
        public static extern void Enter(object obj);

        public static extern void Exit(object obj);
    }

    public delegate void ThreadStart();

    public sealed class Thread
    {
        public extern Thread(ThreadStart start);

        public static extern Thread CurrentThread { get; }

        public extern bool IsAlive { get; }

        public extern void Start();

        public extern void Join();

        public extern bool Join(int millisecondsTimeout);

        public static extern void Sleep(int millisecondsTimeout);
    }
}
