// A thrown exception is never caught: it stops the program with PanicCode.UnhandledException.
namespace System;

public class Exception
{
    public Exception()
    {
        Message = "";
    }

    public Exception(string message)
    {
        Message = message;
    }

    public string Message { get; }
}

public class ArgumentException : Exception
{
    public ArgumentException()
    {
    }

    public ArgumentException(string message)
        : base(message)
    {
    }
}

public class InvalidOperationException : Exception
{
    public InvalidOperationException()
    {
    }

    public InvalidOperationException(string message)
        : base(message)
    {
    }
}

public class NotSupportedException : Exception
{
    public NotSupportedException()
    {
    }

    public NotSupportedException(string message)
        : base(message)
    {
    }
}
