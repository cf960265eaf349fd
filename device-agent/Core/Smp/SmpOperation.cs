namespace Twinbank.Core.Smp;

/// <summary>The operation in an SMP header: even numbers ask, the answer is one more.</summary>
public enum SmpOperation : byte
{
    Read = 0,
    ReadResponse = 1,
    Write = 2,
    WriteResponse = 3,
}
