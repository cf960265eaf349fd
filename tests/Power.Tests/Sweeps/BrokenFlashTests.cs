using Twinbank.Power.Tests.Checks;
using Twinbank.Power.Tests.Stories;
using Twinbank.Power.Tests.Worlds;
using Twinbank.Simulation.Flash;

namespace Twinbank.Power.Tests.Sweeps;

/// <summary>
/// Flash that wears out instead of power that goes: whatever sector breaks, in whatever way and at whatever moment, an
/// image that was confirmed still runs. The update may fail; that is what is left of its promise.
/// </summary>
[TestClass]
public sealed class BrokenFlashTests
{
    static readonly SectorFault[] s_faults =
    [
        SectorFault.EraseFails, SectorFault.EraseIgnored, SectorFault.ProgramFails, SectorFault.ProgramIgnored,
        SectorFault.WriteProtected,
    ];

    const int BitStride = 97;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("s256-u4")]
    [DataRow("s512-u8-once")]
    public void No_broken_sector_stops_the_device(string geometry)
    {
        var world = new SweepWorld(
            SweepGeometry.All.First(each => each.Name == geometry), SizeClass.OneMore, blocks: 2, Conduct.Good,
            usesDeltas: true);
        var device = new StoryDevice(world, new StoryVariant());
        var failures = new List<string>();
        int tried = 0;
        foreach (FlashSnapshot state in StatesOfTheStory(device, world))
        {
            for (uint address = 0; address < world.Geometry.SizeBytes; address += world.Geometry.SectorBytes)
            {
                foreach (SectorFault fault in s_faults)
                {
                    tried++;
                    failures.AddRange(Live(device, world, state, address, fault));
                }
            }
        }

        TestContext.DisplayMessage(
            MessageLevel.Informational, $"note: power: {tried:N0} broken sectors on {world.Name}");
        Assert.IsEmpty(failures, string.Join(Environment.NewLine, failures.Take(20)));
    }

    [TestMethod]
    [DataRow("s256-u4")]
    [DataRow("s512-u8-once")]
    public void No_turned_bit_stops_the_device_or_runs(string geometry)
    {
        var world = new SweepWorld(
            SweepGeometry.All.First(each => each.Name == geometry), SizeClass.Equal, blocks: 2, Conduct.Good,
            usesDeltas: false);
        var device = new StoryDevice(world, new StoryVariant());
        var failures = new List<string>();
        int tried = 0;
        foreach (FlashSnapshot state in StatesOfTheStory(device, world))
        {
            // Another place in each state, so that all places are reached without trying all of them in all states.
            for (int address = tried % BitStride; address < world.Geometry.SizeBytes; address += BitStride)
            {
                tried++;
                FlashSnapshot rotten = TurnBit(device.Flash, state, (uint)address, address % 8);
                IReadOnlyList<Finding> findings = device.Run(rotten, []);
                failures.AddRange(findings.Where(IsGrave).Select(finding => $"byte 0x{address:X}: {finding}"));
                if (device.LastLaunched is null)
                {
                    failures.Add($"byte 0x{address:X}: nothing runs; {device.InForce}");
                }
            }
        }

        TestContext.DisplayMessage(
            MessageLevel.Informational, $"note: power: {tried:N0} turned bits on {world.Name}");
        Assert.IsEmpty(failures, string.Join(Environment.NewLine, failures.Take(20)));
    }

    static FlashSnapshot TurnBit(StrictNorFlash flash, FlashSnapshot state, uint address, int bit)
    {
        flash.Restore(state);
        flash.FlipBit(address, bit);
        return flash.Snapshot();
    }

    static bool IsGrave(Finding finding)
        => finding.Invariant is Invariant.I3OnlyVerifiedRuns or Invariant.I6GoldenUntouched or Invariant.I7StaysInside;

    // Every state between two operations: the sector may break at any moment of an update.
    static List<FlashSnapshot> StatesOfTheStory(StoryDevice device, SweepWorld world)
    {
        var states = new List<FlashSnapshot>();
        device.Run(world.MakeFactoryState(), [], _ =>
        {
            if (device.InForce.Sequence > 0)
            {
                states.Add(device.Flash.Snapshot());
            }
        });
        return states;
    }

    static IEnumerable<string> Live(
        StoryDevice device, SweepWorld world, FlashSnapshot state, uint address, SectorFault fault)
    {
        bool isJournal = address - world.Geometry.JournalAddress < world.Geometry.JournalBytes;
        device.Flash.Faults.SetSectorFault(address, fault);
        device.JournalIsWorn = isJournal;
        IReadOnlyList<Finding> findings = device.Run(state, []);
        device.Flash.Faults.Clear();
        device.JournalIsWorn = false;
        foreach (Finding finding in findings.Where(each => Counts(each, fault, isJournal)))
        {
            yield return $"sector 0x{address:X} {fault}: {finding}";
        }

        if (device.LastLaunched is null)
        {
            yield return $"sector 0x{address:X} {fault}: nothing runs; {device.InForce}";
        }
    }

    // A sector that says it did what it did not do makes its caller break the rules of the flash. An update that cannot
    // be finished is allowed here, and so is a trial that cannot be confirmed.
    static bool Counts(Finding finding, SectorFault fault, bool isJournal)
        => finding.Invariant switch
        {
            Invariant.I8NextUpdateToo or Invariant.I1AlwaysBoots or Invariant.I5Resumes => false,
            Invariant.I4TrialsEnd => !isJournal,
            Invariant.I7StaysInside => fault is not (SectorFault.EraseIgnored or SectorFault.ProgramIgnored),
            _ => true,
        };
}
