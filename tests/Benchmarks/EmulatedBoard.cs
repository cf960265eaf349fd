using Twinbank.Boards;
using Twinbank.Core.Slots;
using Twinbank.Formats;
using Twinbank.Images;
using Twinbank.Images.Building;
using Twinbank.Images.Keys;
using Twinbank.Simulation.Boards;
using Twinbank.Simulation.Flash;
using Twinbank.Simulation.Qemu;
using Twinbank.Testing;

namespace Twinbank.Benchmarks;

/// <summary>A board in QEMU with a folder of its own, and images for it.</summary>
internal sealed class EmulatedBoard : IDisposable
{
    static readonly SigningKey s_key = SigningKey.FromSecret(
        KeyAlgorithm.Ed25519, Enumerable.Repeat((byte)7, 32).ToArray());

    readonly string _folder = Directory.CreateTempSubdirectory("twinbank-benchmark-").FullName;
    readonly string _bootStage;

    public EmulatedBoard(string id)
    {
        Board = BoardCatalog.BuiltIn.Find(id);
        string name = id == "qemu-virt" ? "QemuVirt" : "EmcraftSf2";
        _bootStage = RepositoryRoot.Combine($"device-agent/BareMetal/{name}/bin/BootStage.{name}.bin");
        SamplePath = RepositoryRoot.Combine($"artifacts/samples/{id}/hello-newlib-1.0.0.elf");
    }

    public Board Board { get; }

    public string SamplePath { get; }

    /// <summary>Why the board cannot run here, or null.</summary>
    public string? Obstacle
        => !File.Exists(_bootStage) || !File.Exists(SamplePath)
            ? "boot stage or samples not built here"
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(
                path => File.Exists(Path.Combine(path, "qemu-system-arm")))
                ? null
                : "qemu-system-arm is not installed";

    /// <summary>The key that every benchmark's images are signed with.</summary>
    public static TrustedKey TrustedKey => new((byte)s_key.PublicKey.Algorithm, s_key.PublicKey.Raw.ToArray());

    public static TargetImage Build(Board board, MemoryImage payload)
        => ImageBuilder.Build(new ImageRequest
        {
            Board = board, Payload = payload, Name = "benchmark", Version = new ImageVersion(1, 0, 0, 0), Keys = [s_key],
        });

    /// <summary>Puts the image into slot A, as a programmer in a factory would, over whatever was there.</summary>
    public void Program(TargetImage image)
    {
        SimulatedHardware hardware = SimulatedHardware.FromBoard(Board);
        FactoryProgrammer.Program(hardware, SlotId.A, image.ManifestBytes, image.SignatureArea, image.Blocks);
        foreach (FlashBank bank in QemuFlashFiles.BanksOf(Board))
        {
            StrictNorFlash part = hardware.Parts.Single(part => part.Geometry.Name == bank.Id);
            File.WriteAllBytes(QemuFlashFiles.PathOf(_folder, bank), part.Contents);
        }
    }

    public async Task<QemuMachine> PowerOnAsync()
    {
        byte[] built = await File.ReadAllBytesAsync(_bootStage);
        return await QemuMachine.StartAsync(new QemuSetup
        {
            Board = Board, BootStage = BootStageKeys.Install(built, [s_key.PublicKey], _bootStage), Folder = _folder,
        });
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
