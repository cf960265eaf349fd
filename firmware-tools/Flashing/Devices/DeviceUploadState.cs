using Twinbank.Core;
using Twinbank.Core.Install;
using Twinbank.Flashing.Smp;

namespace Twinbank.Flashing.Devices;

/// <summary>What a device says about the upload it took last.</summary>
/// <param name="Phase">How far it is.</param>
/// <param name="Status">Why it was refused; Ok when it was not.</param>
/// <param name="Offset">Offset wanted next.</param>
/// <param name="ReceivedBytes">Bytes taken.</param>
/// <param name="BlockCount">Blocks of the image; 0 before its tables were accepted.</param>
/// <param name="BlocksDone">Blocks that hold.</param>
/// <param name="BlocksKept">Of these, how many the slot held already.</param>
/// <param name="BlocksCopied">How many came from elsewhere on the device.</param>
/// <param name="BlocksWritten">How many were written from bytes sent.</param>
public sealed record DeviceUploadState(
    InstallPhase Phase, Status Status, uint Offset, uint ReceivedBytes, int BlockCount, int BlocksDone,
    int BlocksKept, int BlocksCopied, int BlocksWritten)
{
    internal static DeviceUploadState Of(CborMap map) => new(
        (InstallPhase)map.Unsigned("phase"), (Status)map.Unsigned("status"), map.Unsigned("offset", 0),
        map.Unsigned("received", 0), (int)map.Unsigned("blocks", 0), (int)map.Unsigned("done", 0),
        (int)map.Unsigned("kept", 0), (int)map.Unsigned("copied", 0), (int)map.Unsigned("written", 0));
}
