using Twinbank.Boards;
using Twinbank.Core;
using Twinbank.Core.Flash;
using Twinbank.Core.Smp;
using Twinbank.Simulation.Flash;
using Twinbank.Simulation.Power;

namespace Twinbank.Agent.Tests;

/// <summary>The device of the recording, made of our endpoint and handlers: an MCUboot image 1.2.3+4 in slot
/// 0.</summary>
internal sealed class McubootDevice
{
    private const uint SlotBytes = 256 * 1024;
    private const uint SectorBytes = 4096;

    // What the device reported in the recording for the image in its slot 0.
    private const string FirstHash = "6ad9626bbfddc10c9378d50a1f8f7ba01fd68d82589b9f2305843356e9d5a6c1";

    private readonly ResetRequest _reset = new();
    private readonly CollectingLink _link = new();
    private readonly SmpEndpoint _endpoint;
    private readonly McubootStore _store;

    public McubootDevice(int requestBytesMax = 512)
    {
        var geometry = new NorGeometry("mcuboot", 1, false, new SectorGroup(SectorBytes, 2 * SlotBytes / SectorBytes));
        var flash = new StrictNorFlash(geometry, new PowerSupply());
        flash.Preload(0, FirstImage());
        _store = new McubootStore(
            [new FlashRegion(flash, 0, SlotBytes), new FlashRegion(flash, SlotBytes, SlotBytes)]);
        _endpoint = new SmpEndpoint(
            requestBytesMax, 768, [new OsHandler(requestBytesMax, 4, _reset), new ImageHandler(_store)], _link, null);
    }

    public bool ResetRequested => _reset.IsRequested;

    public McubootStore Store => _store;

    /// <summary>Feeds the bytes and gives all that the device sends.</summary>
    public byte[] Exchange(byte[] request)
    {
        _endpoint.Accept(request, 0, request.Length);
        return _link.Take();
    }

    /// <summary>Header, eight bytes of payload, and a hash record: what a slot listing reads of an image.</summary>
    private static byte[] FirstImage()
    {
        byte[] image = new byte[32 + 8 + 4 + 4 + 32];
        LittleEndian.WriteU32(image, 0, 0x96F3B83D);
        LittleEndian.WriteU16(image, 8, 32);
        LittleEndian.WriteU32(image, 12, 8);
        image[20] = 1;
        image[21] = 2;
        LittleEndian.WriteU16(image, 22, 3);
        LittleEndian.WriteU32(image, 24, 4);
        LittleEndian.WriteU16(image, 40, 0x6907);
        LittleEndian.WriteU16(image, 42, 4 + 4 + 32);
        LittleEndian.WriteU16(image, 44, 0x10);
        LittleEndian.WriteU16(image, 46, 32);
        Convert.FromHexString(FirstHash).CopyTo(image, 48);
        return image;
    }
}
