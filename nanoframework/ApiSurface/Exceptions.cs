namespace System;

/// <summary>There is no OverflowException: `checked` does nothing on nanoFramework 1.x.</summary>
public class Exception
{
    public extern Exception();

    public extern Exception(string message);

    public extern Exception(string message, Exception? innerException);

    public virtual extern string Message { get; }

    public extern Exception? InnerException { get; }

    public virtual extern string? StackTrace { get; }
}

public class SystemException : Exception
{
}

public class ApplicationException : Exception
{
}

public class ArgumentException : SystemException
{
}

public class ArgumentNullException : ArgumentException
{
}

public class ArgumentOutOfRangeException : ArgumentException
{
}

public class FormatException : SystemException
{
}

public class IndexOutOfRangeException : SystemException
{
}

public class InvalidCastException : SystemException
{
}

public class InvalidOperationException : SystemException
{
}

public class NotSupportedException : SystemException
{
}

public class NullReferenceException : SystemException
{
}

public class ObjectDisposedException : InvalidOperationException
{
}

public class OutOfMemoryException : SystemException
{
}

public class TimeoutException : SystemException
{
}
