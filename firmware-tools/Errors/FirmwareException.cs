namespace Twinbank.Errors;

/// <summary>
/// The one exception the tools throw for what a caller cannot handle in place. It carries a code of the catalogue and
/// the values found, so a program can decide by <see cref="Code"/> and a person reads <see cref="Exception.Message"/>
/// (what went wrong, with the values) and <see cref="Remedy"/> (what to do).
/// </summary>
public sealed class FirmwareException : Exception
{
    /// <summary>Give every value that the code's detail and remedy name.</summary>
    public FirmwareException(ErrorCode code, params (string Name, object? Value)[] values)
        : this(code, null, values)
    {
    }

    /// <param name="code">Which error.</param>
    /// <param name="inner">The exception that caused it, for logs and reports; users see the catalogue's text.</param>
    /// <param name="values">Every value that the code's detail and remedy name.</param>
    public FirmwareException(ErrorCode code, Exception? inner, params (string Name, object? Value)[] values)
        : base(code.Title + ": " + ErrorText.Format(code.Detail, values), inner)
    {
        Code = code;
        Values = values;
        Detail = ErrorText.Format(code.Detail, values);
        Remedy = ErrorText.Format(code.Remedy, values);
    }

    public ErrorCode Code { get; }

    /// <summary>The values as given, by name.</summary>
    public IReadOnlyList<(string Name, object? Value)> Values { get; }

    public string Title => Code.Title;

    /// <summary>What was asked and what was found.</summary>
    public string Detail { get; }

    /// <summary>What to do, in the imperative.</summary>
    public string Remedy { get; }

    /// <summary>True when the same request can succeed later without any change.</summary>
    public bool IsTransient => Code.IsTransient;
}
