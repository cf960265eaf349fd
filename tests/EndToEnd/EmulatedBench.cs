using Twinbank.Boards;
using Twinbank.Errors;
using Twinbank.Flashing.Devices;
using Twinbank.Flashing.Plans;
using Twinbank.Formats;
using Twinbank.Images;
using Twinbank.Images.Building;
using Twinbank.Images.Containers;
using Twinbank.Images.Keys;
using Twinbank.Links;
using Twinbank.Simulation.Qemu;
using Twinbank.Testing;

namespace Twinbank.EndToEnd;

/// <summary>One emulated board, its flash files in a folder of its own; skips where real parts are missing.</summary>
sealed class EmulatedBench : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("fw-e2e-").FullName;
    readonly Board _board;
    readonly string _bootStage;
    readonly CancellationToken _cancellation;
    readonly List<string> _printed = [];
    LinkAddress? _address;

    internal EmulatedBench(string boardId, string bootFolder, CancellationToken cancellation)
    {
        _board = BoardCatalog.BuiltIn.Find(boardId);
        _cancellation = cancellation;
        _bootStage = BootStageOrSkip(bootFolder);
        string samples = RepositoryRoot.Combine($"artifacts/samples/{boardId}/hello-newlib-1.0.0.elf");
        if (!File.Exists(samples))
        {
            Assert.Inconclusive("The samples are not built: run scripts/test.sh, which builds them.");
        }
    }

    /// <summary>The built boot stage of a board; skips the test where it or the emulator is missing.</summary>
    internal static string BootStageOrSkip(string bootFolder)
    {
        string path = RepositoryRoot.Combine($"device-agent/BareMetal/{bootFolder}/bin/BootStage.{bootFolder}.bin");
        if (!File.Exists(path))
        {
            Assert.Inconclusive("The boot stage is not built: run scripts/test.sh, which builds it.");
        }

        RequireEmulator();
        return path;
    }

    internal static void RequireEmulator()
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(
            folder => File.Exists(Path.Combine(folder, "qemu-system-arm"))))
        {
            Assert.Inconclusive("qemu-system-arm is not installed.");
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A release of the C sample, under its own version number or another.</summary>
    internal TargetImage Image(SigningKey key, string release, string? number = null)
        => ImageOf(
            key, RepositoryRoot.Combine($"artifacts/samples/{_board.Id}/hello-newlib-{release}.elf"),
            number ?? release.Split('-')[0]);

    /// <summary>An image of any ELF file that was linked for the board.</summary>
    internal TargetImage ImageOf(SigningKey key, string path, string number)
    {
        Assert.IsTrue(ImageVersion.TryParse(number, out ImageVersion version));
        return ImageBuilder.Build(new ImageRequest
        {
            Board = _board, Payload = PayloadReader.Read(path, new PayloadReadOptions()), PayloadSource = path,
            Name = "hello-newlib", Version = version, Keys = [key], Probation = new ProbationRequest(1, 2),
        });
    }

    internal async Task<QemuMachine> PowerOnAsync(SigningKey key)
    {
        byte[] built = await File.ReadAllBytesAsync(_bootStage, _cancellation);
        QemuMachine machine = await QemuMachine.StartAsync(
            new QemuSetup
            {
                Board = _board, BootStage = BootStageKeys.Install(built, [key.PublicKey], _bootStage), Folder = _folder,
            },
            _cancellation);
        _address = LinkAddress.Parse(machine.SerialAddress);
        return machine;
    }

    internal async Task<FlashOutcome> FlashAsync(
        byte[] bytes, FlashOptions? options = null, IProgress<FlashEvent>? progress = null,
        CancellationToken cancellation = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_cancellation, cancellation);
        ContainerFile container = ContainerFile.Parse("the image", bytes);
        await using DeviceSession session = await OpenAsync();
        DeviceInfo info = await session.ReadInfoAsync(cancellation: either.Token);
        FlashPlan plan = FlashPlanner.Plan(
            container, info, await session.ReadImagesAsync(either.Token), options ?? new FlashOptions());
        return await FlashCommit.RunAsync(session, plan, progress, either.Token);
    }

    /// <summary>The state of the board, and the image that runs.</summary>
    internal async Task<(DeviceInfo Info, SlotImage? Running)> StateAsync()
    {
        await using DeviceSession session = await OpenAsync();
        DeviceInfo info = await session.ReadInfoAsync(cancellation: _cancellation);
        return (info, (await session.ReadImagesAsync(_cancellation)).FirstOrDefault(image => image.IsActive));
    }

    internal async Task<DeviceInfo> InfoAsync()
    {
        await using DeviceSession session = await OpenAsync();
        return await session.ReadInfoAsync(cancellation: _cancellation);
    }

    /// <summary>Chooses a generation and listens until it runs.</summary>
    internal async Task ResetToAsync(int slot, int generation)
    {
        await using DeviceSession session = await OpenAsync();
        await session.ResetToAsync(ResetTarget.Of(slot, generation), _cancellation);
        for (int tries = 0; tries < 40; tries++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), _cancellation);
            try
            {
                DeviceInfo info = await session.ReadInfoAsync(cancellation: _cancellation);
                if (info.RunningSlot == slot && info.RunningGeneration == generation)
                {
                    return;
                }
            }
            catch (FirmwareException)
            {
                // It resets.
            }
        }

        Assert.Fail($"Generation {generation} of slot {slot} did not start.");
    }

    /// <summary>Folds the running image, which is the one in the container, into the other slot.</summary>
    internal async Task<FlashOutcome> CompactAsync(byte[] bytes)
    {
        ContainerFile running = ContainerFile.Parse("the running image", bytes);
        await using DeviceSession session = await OpenAsync();
        DeviceInfo info = await session.ReadInfoAsync(cancellation: _cancellation);
        FlashPlan plan = FlashPlanner.PlanCompaction(
            running, info, await session.ReadImagesAsync(_cancellation), new FlashOptions());
        return await FlashCommit.RunAsync(session, plan, null, _cancellation);
    }

    /// <summary>What lies in a slot now, read from the flash file.</summary>
    internal byte[] SlotBytes(string slot)
    {
        Region region = slot == "A" ? _board.SlotA : _board.SlotB;
        byte[] bytes = new byte[region.SizeBytes];
        using var file = new FileStream(
            QemuFlashFiles.PathOf(_folder, region.Bank), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(region.StartAddress, SeekOrigin.Begin);
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The last start said so itself: the slot, and one virtual address for both slots.</summary>
    internal void AssertRanAt(string slot, string release = "")
    {
        lock (_printed)
        {
            string banner = _printed.Last(line => line.Contains(": slot ", StringComparison.Ordinal)
                && !line.Contains("heartbeat", StringComparison.Ordinal));
            StringAssert.Contains(banner, $"slot {slot},");
            StringAssert.Contains(banner, release);
            string place = _printed.Last(line => line.Contains(" pc: virtual", StringComparison.Ordinal));
            StringAssert.Contains(place, $"virtual 0x{_board.VirtualBase >> 24:x2}");
            Region region = slot == "A" ? _board.SlotA : _board.SlotB;
            uint start = region.BusAddress ?? region.StartAddress;
            StringAssert.Contains(place, $"slot at 0x{start:x8}");
        }
    }

    async Task<DeviceSession> OpenAsync()
    {
        DeviceSession session = await DeviceSession.OpenAsync(
            _address!, new DeviceSessionOptions { ReconnectPatience = TimeSpan.FromSeconds(3) }, _cancellation);
        session.TextReceived += line =>
        {
            lock (_printed)
            {
                _printed.Add(line);
            }
        };
        return session;
    }
}
