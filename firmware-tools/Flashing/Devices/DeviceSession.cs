using Twinbank.Core.Journal;
using Twinbank.Core.Smp;
using Twinbank.Errors;
using Twinbank.Flashing.Smp;
using Twinbank.Links;

namespace Twinbank.Flashing.Devices;

/// <summary>One device behind one link: what it is, what it holds, and what it may be asked to do. Owns the
/// link.</summary>
public sealed class DeviceSession : IAsyncDisposable
{
    private readonly SmpClient _client;
    private readonly DeviceSessionOptions _options;
    private DeviceParameters? _parameters;

    /// <summary>A session over an open link.</summary>
    public DeviceSession(ILink link, DeviceSessionOptions? options = null)
    {
        _options = options ?? new DeviceSessionOptions();
        _client = new SmpClient(link, _options.Client);
    }

    /// <summary>A line of the application's own text.</summary>
    public event Action<string>? TextReceived
    {
        add => _client.TextReceived += value;
        remove => _client.TextReceived -= value;
    }

    public string LinkName => _client.LinkName;

    /// <summary>The clock of waits and rates.</summary>
    public TimeProvider Time => _options.Client.Time;

    /// <summary>Requests that had to be sent again.</summary>
    public int ResentRequests => _client.ResentRequests;

    /// <summary>Framing of the requests now.</summary>
    public SmpFraming Framing => _client.Framing;

    /// <summary>Opens the link, and again when the device vanishes and comes back.</summary>
    /// <exception cref="FirmwareException">PortNotFound, PortDenied, PortBusy or LinkFailed.</exception>
    public static async Task<DeviceSession> OpenAsync(
        LinkAddress address, DeviceSessionOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new DeviceSessionOptions();

        // A missing or busy port is told at once; patience is for a device that was there.
        ILink first = await address.OpenAsync(cancellation).ConfigureAwait(false);
        ILink? unused = first;
        ReconnectingLink link = await ReconnectingLink.OpenAsync(
            token => Interlocked.Exchange(ref unused, null) is { } link
                ? Task.FromResult(link)
                : address.OpenAsync(token),
            options.ReconnectPatience, options.Client.Time, cancellation).ConfigureAwait(false);
        return new DeviceSession(link, options);
    }

    /// <summary>Sends a text and gives what comes back: the same text from a device that speaks SMP.</summary>
    public async Task<string> EchoAsync(
        string text, SmpPatience? patience = null, CancellationToken cancellation = default)
    {
        CborMap answer = await _client.RequestAsync(
            SmpCommand.Echo, new SmpArguments().Add("d", text), "The echo", patience, cancellation)
            .ConfigureAwait(false);
        return answer.Text("r");
    }

    /// <summary>What the device takes at once. Asked once; devices that do not tell get the smallest.</summary>
    public async Task<DeviceParameters> ReadParametersAsync(CancellationToken cancellation = default)
        => _parameters ??= await QueryParametersAsync(cancellation).ConfigureAwait(false);

    /// <summary>What the device says about itself.</summary>
    /// <exception cref="FirmwareException">NotSupported by SMP devices that are not ours; NoAnswer.</exception>
    public async Task<DeviceInfo> ReadInfoAsync(
        SmpPatience? patience = null, CancellationToken cancellation = default)
    {
        CborMap answer = await AskAsync(
            SmpCommand.Info, SmpArguments.None, "The device's info", patience, cancellation).ConfigureAwait(false);
        DeviceInfo info = DeviceInfo.Of(answer);
        _client.Framing = info.OffersCompactFraming && _options.UsesCompactFraming
            ? SmpFraming.Compact
            : SmpFraming.Console;
        return info;
    }

    /// <summary>The images in the device's slots, by slot; empty slots are left out.</summary>
    public async Task<IReadOnlyList<SlotImage>> ReadImagesAsync(CancellationToken cancellation = default)
        => ImagesOf(await AskAsync(
            SmpCommand.ReadImages, SmpArguments.None, "The image list", null, cancellation).ConfigureAwait(false));

    /// <summary>Sends a container into the slot that is not active. Nothing of what runs changes.</summary>
    /// <param name="data">The container, or any image for an SMP device that is not ours.</param>
    /// <param name="subject">Begins the sentence of a refusal: "The image app.fwi".</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told after each answer.</param>
    /// <param name="cancellation">Stops sending. The device stays as it is, and the same upload goes on later.</param>
    /// <exception cref="FirmwareException">Why the device refused it, or what happened to the link.</exception>
    public async Task UploadAsync(
        ReadOnlyMemory<byte> data, string subject, UploadOptions? options = null,
        IProgress<UploadProgress>? progress = null, CancellationToken cancellation = default)
    {
        DeviceParameters parameters = await ReadParametersAsync(cancellation).ConfigureAwait(false);
        var meter = new UploadMeter(data.Length, progress, Time);
        await new Uploader(_client, parameters, options ?? new UploadOptions(), data, subject, meter)
            .RunAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Makes the next boot try the image with the digest; gives the images as they are then.</summary>
    public async Task<IReadOnlyList<SlotImage>> TestAsync(
        ReadOnlyMemory<byte> digest, string subject, CancellationToken cancellation = default)
        => ImagesOf(await AskAsync(
            SmpCommand.ChangeImages, new SmpArguments().Add("hash", digest).Add("confirm", false), subject, null,
            cancellation).ConfigureAwait(false));

    /// <summary>The running image is good.</summary>
    public Task ConfirmAsync(CancellationToken cancellation = default)
        => AskAsync(SmpCommand.Confirm, SmpArguments.None, "The confirmation", null, cancellation);

    /// <summary>Ends the trial: the device resets and returns to the image before it.</summary>
    public Task RevertAsync(CancellationToken cancellation = default)
        => AskOnceAsync(SmpCommand.Revert, SmpArguments.None, "The revert", cancellation);

    /// <summary>
    /// Undoes the last update: ends a trial that runs, and leaves a confirmed image for the one before it.
    /// </summary>
    public async Task UndoAsync(CancellationToken cancellation = default)
    {
        DeviceInfo info = await ReadInfoAsync(cancellation: cancellation).ConfigureAwait(false);
        await (info.State == JournalState.Confirmed
            ? ResetToAsync(ResetTarget.Previous, cancellation)
            : RevertAsync(cancellation)).ConfigureAwait(false);
    }

    /// <summary>Resets the device.</summary>
    public Task ResetAsync(CancellationToken cancellation = default)
        => AskOnceAsync(SmpCommand.Reset, SmpArguments.None, "The reset", cancellation);

    /// <summary>Resets the device into another of its images.</summary>
    public Task ResetToAsync(ResetTarget target, CancellationToken cancellation = default)
        => AskOnceAsync(
            SmpCommand.ResetTo, target.Arguments(), $"The reset to the image '{target.Name}'", cancellation);

    /// <summary>Empties a slot; without a number the one that uploads go to.</summary>
    public Task EraseAsync(int? slot = null, CancellationToken cancellation = default)
    {
        var arguments = new SmpArguments();
        if (slot is { } number)
        {
            arguments.Add("slot", checked((uint)number));
        }

        string name = slot is null ? "the other slot" : "slot " + SlotImage.NameOf(slot.Value);
        return AskAsync(SmpCommand.Erase, arguments, "The erase of " + name, null, cancellation);
    }

    /// <summary>Journal records, newest first, at most so many.</summary>
    public async Task<IReadOnlyList<DeviceLogEntry>> ReadLogAsync(
        int countMax = int.MaxValue, CancellationToken cancellation = default)
    {
        var entries = new List<DeviceLogEntry>();
        uint? age = 0;
        while (age is { } from && entries.Count < countMax)
        {
            CborMap page = await AskAsync(
                SmpCommand.Log, new SmpArguments().Add("age", from), "The log", null, cancellation)
                .ConfigureAwait(false);
            entries.AddRange(page.Maps("records").Select(DeviceLogEntry.Of));
            uint next = page.Unsigned("next", 0);
            age = next > from ? next : null;
        }

        return [.. entries.Take(countMax)];
    }

    /// <summary>The generations in a slot; null for an empty slot, and from a device that knows of none.</summary>
    public async Task<SlotGenerations?> TryReadGenerationsAsync(int slot, CancellationToken cancellation = default)
    {
        var generations = new List<SlotGeneration>();
        try
        {
            uint? from = 0;
            CborMap page;
            do
            {
                page = await AskAsync(
                    SmpCommand.Generations, new SmpArguments().Add("slot", (uint)slot).Add("from", from.Value),
                    "The generations of slot " + SlotImage.NameOf(slot), null, cancellation).ConfigureAwait(false);
                generations.AddRange(page.Maps("generations").Select(SlotGeneration.Of));
                uint next = page.Unsigned("next", 0);
                from = next > from ? next : null;
            }
            while (from is not null);

            return new SlotGenerations(slot, page.Unsigned("total"), page.Unsigned("free"), generations);
        }
        catch (FirmwareException error) when (error.Code == ErrorCode.NotSupported || error.Code == ErrorCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Folds the running image with its overlays into the other slot, block by block.</summary>
    public Task CompactAsync(IProgress<StepProgress>? progress = null, CancellationToken cancellation = default)
        => StepAsync(SmpCommand.Compact, SmpArguments.None, "The compaction", progress, cancellation);

    /// <summary>
    /// Makes golden the image with this manifest digest, which has to be the confirmed one that runs, block by block.
    /// May be stopped anywhere: golden is empty until it is whole, and the same call goes on.
    /// </summary>
    public Task PromoteAsync(
        ReadOnlyMemory<byte> digest, IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default)
        => StepAsync(
            SmpCommand.Promote, new SmpArguments().Add("hash", digest), "The promotion", progress, cancellation);

    /// <summary>
    /// Bytes of a slot, from the offset on: as many as the device gives at once, at least one and at most so many.
    /// </summary>
    internal async Task<ReadOnlyMemory<byte>> ReadSlotAsync(
        int slot, uint offset, int count, string subject, CancellationToken cancellation)
    {
        CborMap answer = await AskAsync(
            SmpCommand.ReadSlot,
            new SmpArguments().Add("slot", (uint)slot).Add("off", offset).Add("len", (uint)count), subject, null,
            cancellation).ConfigureAwait(false);
        byte[] data = answer.Bytes("data");
        bool isPart = answer.Unsigned("off") == offset && data.Length > 0 && data.Length <= count;
        return isPart
            ? data
            : throw new FirmwareException(
                ErrorCode.BadAnswer, ("request", SmpCommand.ReadSlot.Name),
                ("problem", $"it gave {data.Length} bytes for {count} at offset {offset}"));
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private Task<CborMap> AskAsync(
        SmpCommand command, SmpArguments arguments, string subject, SmpPatience? patience,
        CancellationToken cancellation)
        => _client.RequestAsync(command, arguments, subject, patience, cancellation);

    /// <summary>
    /// Asks for what must not be done twice. Such a request is never sent again, so the link has to be in step before:
    /// the first bytes on a line that was just opened may be lost.
    /// </summary>
    private async Task AskOnceAsync(
        SmpCommand command, SmpArguments arguments, string subject, CancellationToken cancellation)
    {
        await ReadParametersAsync(cancellation).ConfigureAwait(false);
        await AskAsync(command, arguments, subject, SmpPatience.Once(SmpPatience.Default.Total), cancellation)
            .ConfigureAwait(false);
    }

    /// <summary>Repeats a request that does one block each time until the device says that all are done.</summary>
    private async Task StepAsync(
        SmpCommand command, SmpArguments arguments, string subject, IProgress<StepProgress>? progress,
        CancellationToken cancellation)
    {
        while (true)
        {
            CborMap answer = await AskAsync(command, arguments, subject, SmpPatience.Default, cancellation)
                .ConfigureAwait(false);
            var step = new StepProgress((int)answer.Unsigned("done"), (int)answer.Unsigned("blocks"));
            progress?.Report(step);
            if (answer.Boolean("complete", whenAbsent: step.Done == step.Total))
            {
                return;
            }
        }
    }

    private async Task<DeviceParameters> QueryParametersAsync(CancellationToken cancellation)
    {
        try
        {
            CborMap answer = await AskAsync(
                SmpCommand.Parameters, SmpArguments.None, "The device's buffer sizes", null, cancellation)
                .ConfigureAwait(false);
            return new DeviceParameters(
                (int)Math.Min(answer.Unsigned("buf_size"), ushort.MaxValue),
                (int)Math.Clamp(answer.Unsigned("buf_count", 1), 1, 255));
        }
        catch (FirmwareException exception) when (exception.Code == ErrorCode.NotSupported)
        {
            return DeviceParameters.Smallest;
        }
    }

    private static IReadOnlyList<SlotImage> ImagesOf(CborMap answer)
        => [.. answer.Maps("images").Select(SlotImage.Of).OrderBy(image => image.Slot)];
}
