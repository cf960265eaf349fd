using Twinbank.Boot;
using Twinbank.Core;
using Twinbank.Core.Install;
using Twinbank.Core.Journal;
using Twinbank.Core.Slots;
using Twinbank.Core.Trust;
using Twinbank.Simulation.Power;

namespace Twinbank.Simulation.Boards;

/// <summary>
/// A whole board in this process: the real boot stage and agent over strict flash, with applications that are played.
/// Not safe for several threads, except <see cref="Stop"/>.
/// </summary>
public sealed class SimulatedBoard
{
    ResetCause _cause = ResetCause.PowerOn;
    FaultRecord _fault = new();
    ApplicationContext? _running;
    AgentService? _agent;
    bool _wasTrial;
    readonly object _stopLock = new();
    volatile bool _isStopping;

    public SimulatedBoard(SimulatedHardware hardware, SimulatedBoardOptions options)
    {
        Hardware = hardware;
        Options = options;
    }

    public SimulatedHardware Hardware { get; }

    public SimulatedBoardOptions Options { get; }

    /// <summary>Slots and journal as the current life sees them; null before the first life.</summary>
    public DeviceStorage? Storage { get; private set; }

    /// <summary>What the current life may be asked about its images; null before the first life.</summary>
    public ImageControl? Control { get; private set; }

    /// <summary>Lives so far.</summary>
    public int LifeCount { get; private set; }

    internal bool IsStopping => _isStopping;

    /// <summary>
    /// Runs from the present state to the next reset, loss of power or end. Turns the power on if it is off.
    /// </summary>
    public BoardLife RunLife()
    {
        _running = null;
        _wasTrial = false;
        LifeCount++;
        if (!Hardware.Power.IsOn)
        {
            Hardware.Power.TurnOn();
            ForgetMemory();
        }

        var platform = new SimulatedPlatform(this, _cause, _fault);
        BootStage? stage = null;
        LifeEnd end = LifeEnd.Stopped;
        try
        {
            stage = Assemble(platform);
            stage.Run();
        }
        catch (BoardResetException reset)
        {
            _cause = reset.Cause;
            _fault = reset.Fault;
            end = LifeEnd.Reset;
        }
        catch (PowerCutException)
        {
            ForgetMemory();
            end = LifeEnd.PowerLost;
        }
        catch (BoardStoppedException)
        {
        }

        return new BoardLife(end, _running?.Image.SlotNumber, _wasTrial, _cause, stage?.IsInRecovery ?? false);
    }

    /// <summary>Runs life after life until one of them is stopped or loses its power, at most so many.</summary>
    public BoardLife RunLives(int livesMax)
    {
        BoardLife life = RunLife();
        for (int count = 1; count < livesMax && life.End == LifeEnd.Reset; count++)
        {
            life = RunLife();
        }

        return life;
    }

    /// <summary>Ends the simulation for good, soon; may be called from any thread.</summary>
    public void Stop()
    {
        lock (_stopLock)
        {
            _isStopping = true;
            Monitor.PulseAll(_stopLock);
        }
    }

    /// <summary>Presses the power switch between two lives: the next one starts with power-on.</summary>
    public void PowerCycle()
    {
        Hardware.Power.TurnOn();
        ForgetMemory();
    }

    /// <summary>Returns after the time, or at once when the simulation is ended.</summary>
    internal void WaitForStop(TimeSpan time)
    {
        lock (_stopLock)
        {
            if (!_isStopping)
            {
                Monitor.Wait(_stopLock, time);
            }
        }
    }

    internal void NoteLaunch(ApplicationContext context)
    {
        _running = context;
        _wasTrial = context.Image.IsTrial;
    }

    void ForgetMemory()
    {
        _cause = ResetCause.PowerOn;
        _fault = new FaultRecord();
    }

    BootStage Assemble(SimulatedPlatform platform)
    {
        Core.Checks.DigestAlgorithm digest = Options.NewDigest();
        var trust = new TrustStore(digest, Options.NewSignatureAlgorithms());
        foreach (TrustedKey key in Options.Keys)
        {
            Status status = trust.AddKey(key.AlgorithmId, key.PublicKey);
            if (status != Status.Ok)
            {
                throw new ArgumentException($"The board cannot take a key of algorithm {key.AlgorithmId}: {status}.");
            }
        }

        uint header = Hardware.SlotHeaderBytes;
        Slot? golden = Hardware.Golden is null ? null : new Slot(SlotId.Golden, Hardware.Golden, header);
        Storage = new DeviceStorage(
            Hardware.Identity, new BootJournal(Hardware.Journal), new Slot(SlotId.A, Hardware.SlotA, header),
            new Slot(SlotId.B, Hardware.SlotB, header), golden, trust, digest, Options.ScratchBytes,
            Options.TablesBytesMax);
        if (platform.ComposeMemory is { } memory)
        {
            Storage.OfferComposing(memory, Options.NewDecoders(), Options.NewDecoders());
        }

        Control = new ImageControl(Storage);
        _agent = Options.NewAgent(platform, Storage, Control);
        return new BootStage(platform, Storage, Control, _agent);
    }
}
