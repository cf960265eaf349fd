using System.CommandLine;
using Twinbank.Flashing.Devices;

namespace Twinbank.Cli.Commands;

/// <summary><c>fw monitor</c></summary>
static class MonitorCommand
{
    internal static Command Create(CommandHost host)
    {
        Option<string> port = Shared.Port();
        var seconds = new Option<int?>("--seconds") { Description = "Stop after this time; default: until Ctrl-C." };
        return host.Make("monitor", "Show what the device prints.", async (parsed, output, cancellation) =>
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            if (parsed.GetValue(seconds) is { } time)
            {
                limit.CancelAfter(TimeSpan.FromSeconds(time));
            }

            DeviceSession session = await DeviceSession.OpenAsync(
                Shared.Address(parsed, port), cancellation: cancellation).ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                session.TextReceived += line => output.StreamItem(new { line }, line);
                try
                {
                    await Task.Delay(Timeout.Infinite, limit.Token).ConfigureAwait(false);
                }
                catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
                {
                    // The time that was asked for is over.
                }
            }
        }, port, seconds);
    }
}
