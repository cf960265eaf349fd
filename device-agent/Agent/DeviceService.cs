using Twinbank.Core.Install;
using Twinbank.Core.Smp;

namespace Twinbank.Agent;

/// <summary>
/// The agent of a device: answers SMP over one link for one set of slots. Feed it what arrives and look at
/// <see cref="ResetRequested"/> afterwards. All memory is allocated by the constructor.
/// </summary>
public sealed class DeviceService
{
    /// <summary>Smallest buffer for an answer: the info and the state of three images need this.</summary>
    public const int ResponseBytesMin = 768;

    readonly SmpEndpoint _endpoint;
    readonly ResetRequest _reset = new ResetRequest();

    /// <param name="storage">Slots, journal and trust; the journal is mounted before the first request.</param>
    /// <param name="control">What may be asked about images.</param>
    /// <param name="installer">Takes uploads.</param>
    /// <param name="run">Kept up to date by the boot stage.</param>
    /// <param name="requestBytesMax">Largest request in bytes, header included.</param>
    /// <param name="requestCount">Requests a client may send ahead: as many as the receive buffer of the link
    /// holds.</param>
    /// <param name="responseBytesMax">At least <see cref="ResponseBytesMin"/>.</param>
    /// <param name="link">Where answers go.</param>
    /// <param name="text">Where other bytes on the link go; null to drop them.</param>
    public DeviceService(
        DeviceStorage storage, ImageControl control, Installer installer, RunState run, int requestBytesMax,
        int requestCount, int responseBytesMax, LinkSink link, TextSink? text)
    {
        Store = new DeviceImageStore(storage, control, installer, run);
        var info = new InfoWriter(storage, Store, installer, run);
        SmpHandler[] handlers =
        {
            new OsHandler(requestBytesMax, requestCount, _reset),
            new ImageHandler(Store),
            new TwinbankHandler(storage, Store, installer, info, _reset),
        };
        _endpoint = new SmpEndpoint(requestBytesMax, responseBytesMax, handlers, link, text);
    }

    public DeviceImageStore Store { get; }

    /// <summary>True when an answered request asked for a reset; the answer is on the link.</summary>
    public bool ResetRequested => _reset.IsRequested;

    /// <summary>Frames that were cut short or failed their checksum.</summary>
    public int DroppedFrames => _endpoint.DroppedFrames;

    /// <summary>Takes one byte from the link; true when it completed a request, which is answered then.</summary>
    public bool Accept(byte value) => _endpoint.Accept(value);
}
