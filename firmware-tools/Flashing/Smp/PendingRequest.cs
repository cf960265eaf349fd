using Twinbank.Core.Smp;

namespace Twinbank.Flashing.Smp;

/// <summary>A request that waits for its answer.</summary>
internal sealed class PendingRequest(SmpCommand command, byte[] packet, bool mayResend)
{
    private readonly TaskCompletionSource<byte[]> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public byte[] Packet { get; } = packet;

    /// <summary>False for what must not reach the device twice.</summary>
    public bool MayResend { get; } = mayResend;

    /// <summary>The payload of the answer.</summary>
    public Task<byte[]> Answer => _answer.Task;

    public bool IsAnsweredBy(SmpHeader header)
        => header.Group == command.Group && header.Command == command.Command
            && header.Operation == command.Operation + 1;

    public void Complete(byte[] payload) => _answer.TrySetResult(payload);

    public void Fail(Exception exception) => _answer.TrySetException(exception);
}
