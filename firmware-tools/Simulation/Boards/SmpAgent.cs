using Twinbank.Agent;
using Twinbank.Boot;
using Twinbank.Core.Install;
using Twinbank.Core.Recipes;
using Twinbank.Core.Slots;
using Twinbank.Core.Smp;

namespace Twinbank.Simulation.Boards;

/// <summary>The device's agent on the serial line of a simulated board.</summary>
public sealed class SmpAgent : AgentService
{
    /// <summary>Largest request: a serial recovery on hardware has about this much to spare.</summary>
    public const int RequestBytesMax = 4096;

    /// <summary>Requests a client may send ahead; the line holds them.</summary>
    public const int RequestCount = 8;

    // A line full of text must not keep the boot stage from its other duties.
    const int BytesPerTurnMax = 2 * RequestBytesMax;

    readonly BootPlatform _platform;
    readonly DeviceService _service;
    readonly RunState _run;

    /// <param name="platform">The board.</param>
    /// <param name="storage">Slots, journal, trust.</param>
    /// <param name="control">What may be asked about images.</param>
    /// <param name="decoders">The recipe codecs of the device.</param>
    /// <param name="blockBytes">Block size that images of this board are built with.</param>
    public SmpAgent(
        BootPlatform platform, DeviceStorage storage, ImageControl control, RecipeDecoder[] decoders, uint blockBytes)
    {
        _platform = platform;
        _run = new RunState { ResetCause = (byte)platform.ResetCause, BlockBytes = blockBytes };
        _service = new DeviceService(
            storage, control, new Installer(storage, decoders), _run, RequestBytesMax, RequestCount,
            RequestBytesMax, new PlatformSink(platform), text: null);
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

    /// <summary>The image in the slot runs now.</summary>
    internal void NoteLaunch(uint slotNumber) => _run.RunningSlot = (SlotId)slotNumber;

    sealed class PlatformSink(BootPlatform platform) : LinkSink
    {
        public override void Write(byte[] data, int offset, int count) => platform.Write(data, offset, count);
    }
}
