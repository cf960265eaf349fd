using Twinbank.Agent;
using Twinbank.Core;
using Twinbank.Core.Install;
using Twinbank.Core.Recipes;
using Twinbank.Core.Slots;
using Twinbank.Core.Smp;

namespace Twinbank.Boot;

/// <summary>The device's agent on the console of a board: SMP for whoever is at the other end of the line.</summary>
public sealed class SmpAgent : AgentService
{
    /// <summary>Largest request where a board has memory enough.</summary>
    public const int RequestBytesMax = 4096;

    /// <summary>Requests a client may send ahead where the line holds them.</summary>
    public const int RequestCount = 8;

    // A line full of text must not keep the boot stage from its other duties.
    const int BytesPerTurnMax = 8192;

    readonly BootPlatform _platform;
    readonly DeviceService _service;
    readonly RunState _run;

    /// <param name="platform">The board.</param>
    /// <param name="storage">Slots, journal, trust.</param>
    /// <param name="control">What may be asked about images.</param>
    /// <param name="decoders">The recipe codecs of the device.</param>
    /// <param name="blockBytes">Block size that images of this board are built with.</param>
    /// <param name="requestBytesMax">Largest request; twice that is taken from memory.</param>
    /// <param name="requestCount">Requests a client may send ahead: as many as the line holds.</param>
    public SmpAgent(
        BootPlatform platform, DeviceStorage storage, ImageControl control, RecipeDecoder[] decoders, uint blockBytes,
        int requestBytesMax = RequestBytesMax, int requestCount = RequestCount)
    {
        _platform = platform;
        _run = new RunState();
        _run.ResetCause = (byte)platform.ResetCause;
        _run.BlockBytes = blockBytes;
        int responseBytesMax = requestBytesMax > DeviceService.ResponseBytesMin
            ? requestBytesMax
            : DeviceService.ResponseBytesMin;
        _service = new DeviceService(
            storage, control, new Installer(storage, decoders), _run, requestBytesMax, requestCount,
            responseBytesMax, new ConsoleSink(platform), null);
    }

    public override bool ResetRequested => _service.ResetRequested;

    public override bool Serve()
    {
        for (int count = 0; count < BytesPerTurnMax; count++)
        {
            int value = _platform.ReadByte();
            if (value < 0)
            {
                return false;
            }

            if (_service.Accept((byte)value))
            {
                return true;
            }
        }

        return false;
    }

    public override Status Promote(byte[] manifestDigest)
    {
        Status status = _service.Store.PromoteForward(manifestDigest);
        return status == Status.Ok && !_service.Store.Promoter.IsComplete ? Status.NeedMoreData : status;
    }

    public override void NoteLaunch(uint slotNumber, uint generation)
    {
        _run.RunningSlot = (SlotId)slotNumber;
        _run.RunningGeneration = (ushort)generation;
    }

    sealed class ConsoleSink : LinkSink
    {
        readonly BootPlatform _platform;

        internal ConsoleSink(BootPlatform platform)
        {
            _platform = platform;
        }

        public override void Write(byte[] data, int offset, int count) => _platform.Write(data, offset, count);
    }
}
