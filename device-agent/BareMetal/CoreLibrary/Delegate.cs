namespace System;

public abstract class Delegate
{
    // Names and order are a contract with ilc's delegate thunks.
    internal object? _firstParameter;
    internal object? _helperObject;
    internal IntPtr _extraFunctionPointerOrData;
    internal IntPtr _functionPointer;

    private protected virtual IntPtr GetThunk(int whichThunk) => default;

    void InitializeClosedInstance(object firstParameter, IntPtr functionPointer)
    {
        _functionPointer = functionPointer;
        _firstParameter = firstParameter;
    }

    void InitializeClosedInstanceSlow(object firstParameter, IntPtr functionPointer)
        => InitializeClosedInstance(firstParameter, functionPointer);

    void InitializeClosedStaticThunk(object firstParameter, IntPtr functionPointer, IntPtr functionPointerThunk)
    {
        _extraFunctionPointerOrData = functionPointer;
        _helperObject = firstParameter;
        _functionPointer = functionPointerThunk;
        _firstParameter = this;
    }

    void InitializeOpenStaticThunk(object firstParameter, IntPtr functionPointer, IntPtr functionPointerThunk)
    {
        _firstParameter = this;
        _functionPointer = functionPointerThunk;
        _extraFunctionPointerOrData = functionPointer;
    }
}

public abstract class MulticastDelegate : Delegate
{
}

public delegate void Action();

public delegate void Action<T>(T argument);

public delegate TResult Func<TResult>();

public delegate TResult Func<T, TResult>(T argument);
