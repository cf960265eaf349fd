using Twinbank.Errors;
using Twinbank.Layout.Inputs;

namespace Twinbank.Fuzz.Targets;

/// <summary>Objects inside archives: sections, symbols and relocations.</summary>
internal sealed class ElfObjectTarget : FuzzTarget
{
    public override IReadOnlyList<byte[]> Seeds()
        => [Object(), [.. "!<arch>\n"u8, .. Header("a.o/", 64), .. new byte[64]]];

    public override void Run(byte[] input)
    {
        try
        {
            if (ArchiveFile.IsArchive(input))
            {
                ArchiveFile.Read(input, "fuzz.a");
                return;
            }

            ElfObject file = ElfObject.Parse(input, "fuzz.o");
            foreach (ElfSection section in file.Sections)
            {
                _ = file.Bytes(section).Length + file.Relocations(section).Count();
            }
        }
        catch (FirmwareException error) when (error.Code == ErrorCode.BadElf || error.Code == ErrorCode.BadArchive)
        {
        }
    }

    static byte[] Header(string name, int size)
        => System.Text.Encoding.ASCII.GetBytes($"{name,-16}{"0",-12}{"0",-6}{"0",-6}{"644",-8}{size,-10}`\n");

    /// <summary>An object with three sections: none, code, and the names of both (System V ABI, chapter 4).</summary>
    static byte[] Object()
    {
        byte[] names = [.. "\0.text\0.shstrtab\0"u8];
        byte[] file = new byte[52 + 16 + names.Length + 7 + (3 * 40)];
        new byte[] { 0x7F, 0x45, 0x4C, 0x46, 1, 1, 1 }.CopyTo(file, 0);
        names.CopyTo(file, 68);
        int table = file.Length - (3 * 40);
        Write(file, 16, 1 | (40 << 16));
        Write(file, 32, table);
        Write(file, 44, 40 << 16);
        Write(file, 48, 3 | (2 << 16));
        int[][] sections = [[1, 1, 6, 0, 52, 16, 0, 0, 4, 0], [7, 3, 0, 0, 68, names.Length, 0, 0, 1, 0]];
        for (int i = 0; i < 20; i++)
        {
            Write(file, table + 40 + (i * 4), sections[i / 10][i % 10]);
        }

        return file;
    }

    static void Write(byte[] file, int at, int value) => BitConverter.TryWriteBytes(file.AsSpan(at), value);
}
