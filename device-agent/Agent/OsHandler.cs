using Twinbank.Core;
using Twinbank.Core.Smp;

namespace Twinbank.Agent;

/// <summary>SMP's operating system group: echo, reset, buffer sizes (specs/smp.md section 4).</summary>
public sealed class OsHandler : SmpHandler
{
    readonly int _requestBytesMax;
    readonly int _requestCount;
    readonly ResetRequest _reset;

    /// <param name="requestBytesMax">Largest request in bytes, header included.</param>
    /// <param name="requestCount">Requests that may be under way at once: what the receive buffer holds of
    /// them.</param>
    /// <param name="reset">Where a reset is asked for.</param>
    public OsHandler(int requestBytesMax, int requestCount, ResetRequest reset)
    {
        _requestBytesMax = requestBytesMax;
        _requestCount = requestCount;
        _reset = reset;
    }

    public override ushort Group => SmpGroup.Os;

    public override Status Handle(SmpOperation operation, byte command, CborReader arguments, CborWriter response)
    {
        switch (command)
        {
            case SmpGroup.OsEcho:
                // Some clients read an echo, some write one.
                return Echo(arguments, response);
            case SmpGroup.OsReset:
                return operation == SmpOperation.Write ? Reset(arguments, response) : Status.NotSupported;
            case SmpGroup.OsParameters:
                return operation == SmpOperation.Read ? ReadParameters(arguments, response) : Status.NotSupported;
            default:
                return Status.NotSupported;
        }
    }

    static Status Echo(CborReader arguments, CborWriter response)
    {
        int offset = 0;
        int count = 0;
        arguments.EnterMap();
        while (arguments.NextKey())
        {
            if (arguments.KeyIs("d"))
            {
                arguments.ReadText(out offset, out count);
            }
            else
            {
                arguments.Skip();
            }
        }

        response.BeginMap(1);
        response.WriteText("r");
        response.WriteText(arguments.Buffer, offset, count);
        return Status.Ok;
    }

    Status Reset(CborReader arguments, CborWriter response)
    {
        arguments.Skip();
        if (arguments.Status == Status.Ok)
        {
            _reset.IsRequested = true;
        }

        response.BeginMap(0);
        return Status.Ok;
    }

    Status ReadParameters(CborReader arguments, CborWriter response)
    {
        arguments.Skip();
        response.BeginMap(2);
        response.WriteText("buf_size");
        response.WriteUnsigned((uint)_requestBytesMax);
        response.WriteText("buf_count");
        response.WriteUnsigned((uint)_requestCount);
        return Status.Ok;
    }
}
