using Twinbank.Boot;
using Twinbank.Core.Recipes;
using Twinbank.Core.Slots;
using Twinbank.Flashing.Devices;
using Twinbank.Flashing.Plans;
using Twinbank.Flashing.Smp;
using Twinbank.Images.Containers;
using Twinbank.Images.Keys;
using Twinbank.Links;
using Twinbank.Simulation.Boards;
using Twinbank.Simulation.Links;
using Twinbank.Simulation.Serving;

namespace Twinbank.Flashing.Tests.Bench;

/// <summary>
/// A simulated board that runs on its own thread, with version 1 in slot A and golden version 9, and its serial line
/// on a TCP port. Its clock may run faster than ours.
/// </summary>
internal sealed class FlashBench : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly SimulatedBoard _board;
    private readonly BoardListener _listener;
    private readonly Thread _thread;
    private readonly List<BoardLife> _lives = [];
    private bool _isStopping;

    public FlashBench(int clockFactor = 1, bool isEmpty = false)
    {
        Hardware = SimulatedHardware.FromBoard(TestImage.Board);
        Line = new SharedLine();
        First = TestImage.Build(1);
        if (!isEmpty)
        {
            Program(SlotId.A, First);
            Program(SlotId.Golden, TestImage.Build(9, payloadBytes: 3000));
        }

        _board = new SimulatedBoard(Hardware, new SimulatedBoardOptions
        {
            Time = clockFactor == 1 ? TimeProvider.System : new FastClock(clockFactor),
            SerialLine = Line,
            Keys = [new TrustedKey((byte)KeyAlgorithm.Ed25519, TestImage.Key.PublicKey.Raw.ToArray())],
            NewAgent = (platform, storage, control) => new SmpAgent(
                platform, storage, control, [new RangeRecipeDecoder()], TestImage.Board.Slots.BlockBytes),
            Applications = PlayedApplication.Run,
        });
        _listener = BoardListener.StartTcp("127.0.0.1", 0, Line);
        Address = LinkAddress.Parse(_listener.Name);
        _thread = new Thread(Run) { IsBackground = true, Name = "bench board" };
        _thread.Start();
    }

    public SimulatedHardware Hardware { get; }

    public SharedLine Line { get; }

    public LinkAddress Address { get; }

    /// <summary>The image in slot A.</summary>
    public TestImage First { get; }

    /// <summary>Lives that ended so far.</summary>
    public IReadOnlyList<BoardLife> Lives
    {
        get
        {
            lock (_lives)
            {
                return [.. _lives];
            }
        }
    }

    public Task<DeviceSession> OpenAsync(DeviceSessionOptions? options = null)
        => DeviceSession.OpenAsync(Address, options);

    /// <summary>A session whose link loses, doubles and turns bytes in both directions.</summary>
    public async Task<DeviceSession> OpenLossyAsync(LineFaults faults, ulong seed, bool usesCompactFraming)
    {
        ILink link = new LossyLink(await Address.OpenAsync(), faults, faults, seed);
        return new DeviceSession(link, new DeviceSessionOptions
        {
            UsesCompactFraming = usesCompactFraming,
            Client = new SmpClientOptions
            {
                // The line of this test is quick, so what is lost is missed soon.
                Patience = new SmpPatience(TimeSpan.FromMilliseconds(100), s_patience),
            },
        });
    }

    /// <summary>Plan and commit in one, as <c>fw device flash</c> does it.</summary>
    public static async Task<FlashOutcome> FlashAsync(
        DeviceSession session, ContainerFile container, FlashOptions? options = null,
        IProgress<FlashEvent>? progress = null, CancellationToken cancellation = default)
        => await FlashCommit.RunAsync(session, await PlanAsync(session, container, options), progress, cancellation);

    public static async Task<FlashPlan> PlanAsync(
        DeviceSession session, ContainerFile container, FlashOptions? options = null)
        => FlashPlanner.Plan(
            container, await session.ReadInfoAsync(), await session.ReadImagesAsync(),
            options ?? new FlashOptions { PollInterval = TimeSpan.FromMilliseconds(20) });

    public void Dispose()
    {
        _isStopping = true;
        _board.Stop();
        _listener.Dispose();
        Assert.IsTrue(_thread.Join(s_patience), "the board did not stop");
    }

    private void Program(SlotId slot, TestImage image)
        => FactoryProgrammer.Program(
            Hardware, slot, image.Target.ManifestBytes, image.Target.SignatureArea, image.Target.Blocks);

    private void Run()
    {
        while (!_isStopping)
        {
            BoardLife life = _board.RunLife();
            lock (_lives)
            {
                _lives.Add(life);
            }
        }
    }
}
