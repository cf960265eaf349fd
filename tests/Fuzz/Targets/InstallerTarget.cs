using Twinbank.Core;
using Twinbank.Core.Flash;
using Twinbank.Core.Install;
using Twinbank.Core.Slots;
using Twinbank.Core.Tests.Rig;
using Twinbank.Simulation.Flash;

namespace Twinbank.Fuzz.Targets;

/// <summary>
/// A container, however damaged, through the device's installer onto strict flash. The running image must stay as it is
/// (I2) and nothing may be written that flash forbids.
/// </summary>
internal sealed class InstallerTarget : FuzzTarget
{
    const int PieceBytes = 200;

    readonly TestDevice _device = new();
    readonly FlashSnapshot _provisioned;
    readonly byte[] _runningSlot;

    public InstallerTarget()
    {
        _device.Provision(SampleImages.SmallContainer);
        _provisioned = _device.Flash.Snapshot();
        _runningSlot = ReadSlot(_device.Storage.SlotA);
    }

    /// <summary>Most of it is the rig: each input begins with a copy of the whole flash.</summary>
    public override long AllocatedBytesMax => 32 * 1024 * 1024;

    public override IReadOnlyList<byte[]> Seeds() => [SampleImages.SmallContainer, SampleImages.LargeContainer];

    public override void Repair(byte[] input, Random random) => ContainerRepair.Apply(input, sign: random.Next(2) == 0);

    public override void Run(byte[] input)
    {
        _device.Flash.Restore(_provisioned);
        _device.Flash.ClearViolations();
        Assert.AreEqual(Status.Ok, _device.Storage.Journal.Mount());
        _device.Installer.Abandon();
        if (_device.Installer.Begin(insist: true) == Status.Ok)
        {
            Feed(input);
        }

        CollectionAssert.AreEqual(_runningSlot, ReadSlot(_device.Storage.SlotA), "The running image was touched.");
        Assert.IsEmpty(_device.Flash.Violations);
        if (_device.Installer.Phase == InstallPhase.Complete)
        {
            StoredImage reader = _device.Storage.CreateReader();
            Status verdict = _device.Storage.Verify(_device.Installer.TargetSlot, 0, reader);
            Assert.AreEqual(Status.Ok, verdict, "Complete but not whole.");
        }
    }

    /// <summary>Every accepted piece moves the offset on, so an installer that stands still has a loop.</summary>
    void Feed(byte[] input)
    {
        while (_device.Installer.NextOffset < input.Length)
        {
            uint at = _device.Installer.NextOffset;
            int count = (int)Math.Min(PieceBytes, input.Length - at);
            bool isOk = _device.Installer.Accept(input, (int)at, count) == Status.Ok;
            if (!isOk || _device.Installer.Phase == InstallPhase.Complete)
            {
                return;
            }

            Assert.IsGreaterThan(at, _device.Installer.NextOffset, "An accepted piece must bring the installer on.");
        }
    }

    static byte[] ReadSlot(Slot slot)
    {
        FlashRegion region = slot.Region;
        byte[] bytes = new byte[region.SizeBytes];
        Assert.AreEqual(Status.Ok, region.Read(0, bytes, 0, bytes.Length));
        return bytes;
    }
}
