using Twinbank.Boards;

namespace Twinbank.Simulation.Qemu;

/// <summary>The files that hold an emulated board's flash: one per bank, of the bank's exact size.</summary>
public static class QemuFlashFiles
{
    const int PieceBytes = 1024 * 1024;

    /// <summary>Path of the file of a bank.</summary>
    public static string PathOf(string folder, FlashBank bank) => Path.Combine(folder, bank.Id + ".img");

    /// <summary>Path of the boot stage's own file, for boards whose boot stage is in no flash bank.</summary>
    public static string BootStagePath(string folder) => Path.Combine(folder, "boot-stage.bin");

    /// <summary>
    /// Makes the files that are missing, erased (0xFF), and writes the boot stage to the start of its region when that
    /// region is in one of these banks.
    /// </summary>
    public static void Prepare(QemuSetup setup)
    {
        Directory.CreateDirectory(setup.Folder);
        foreach (FlashBank bank in BanksOf(setup.Board))
        {
            string path = PathOf(setup.Folder, bank);
            if (!File.Exists(path))
            {
                WriteErased(path, bank.SizeBytes);
            }
        }

        if (setup.Board.BootStage is { } region && BanksOf(setup.Board).Contains(region.Bank))
        {
            WriteBootStage(PathOf(setup.Folder, region.Bank), region, setup.BootStage);
        }

        File.WriteAllBytes(BootStagePath(setup.Folder), setup.BootStage);
    }

    /// <summary>The banks that QEMU keeps in files: those the processor's own ROM is not among.</summary>
    public static IReadOnlyList<FlashBank> BanksOf(Board board)
        => [.. board.Banks.Where(bank => bank.Kind is FlashKind.CfiNor or FlashKind.SpiNor)];

    static void WriteErased(string path, uint sizeBytes)
    {
        // Under another name first: an interrupted start must not leave a short file that QEMU refuses.
        string temporary = path + ".new";
        byte[] erased = new byte[PieceBytes];
        Array.Fill(erased, (byte)0xFF);
        using (FileStream file = File.Create(temporary))
        {
            for (uint left = sizeBytes; left > 0;)
            {
                int piece = (int)Math.Min(left, PieceBytes);
                file.Write(erased, 0, piece);
                left -= (uint)piece;
            }
        }

        File.Move(temporary, path, overwrite: true);
    }

    static void WriteBootStage(string path, Region region, byte[] code)
    {
        using FileStream file = File.OpenWrite(path);
        file.Position = region.StartAddress;
        file.Write(code);
    }
}
