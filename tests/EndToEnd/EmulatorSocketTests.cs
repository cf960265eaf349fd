using Twinbank.Boards;
using Twinbank.Simulation.Qemu;

namespace Twinbank.EndToEnd;

/// <summary>What a machine leaves behind: its flash, and nothing else.</summary>
[TestClass]
[DoNotParallelize]
public sealed class EmulatorSocketTests
{
    const uint BranchToItself = 0xEAFFFFFE;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public async Task Leaves_no_sockets_when_its_power_is_cut()
    {
        EmulatedBench.RequireEmulator();
        string folder = Directory.CreateTempSubdirectory("fw-e2e-").FullName;
        try
        {
            // Too deep for a socket's name, so the sockets lie in the folder for temporary files.
            string deep = Path.Combine(folder, new string('d', 100));
            QemuMachine machine = await QemuMachine.StartAsync(
                new QemuSetup
                {
                    Board = BoardCatalog.BuiltIn.Find("qemu-virt"), BootStage = BitConverter.GetBytes(BranchToItself),
                    Folder = deep,
                },
                TestContext.CancellationToken);
            string socket = machine.SerialAddress["unix:".Length..];
            Assert.IsTrue(File.Exists(socket));
            Assert.AreNotEqual(deep, Path.GetDirectoryName(socket));
            await machine.DisposeAsync();
            string left = Path.GetFileName(socket).Replace("-uart.sock", "-*.sock", StringComparison.Ordinal);
            Assert.IsEmpty(Directory.GetFiles(Path.GetDirectoryName(socket)!, left));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
