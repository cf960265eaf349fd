using System.Text;
using Twinbank.Layout;
using Twinbank.Layout.Inputs;
using Twinbank.Layout.Records;

namespace Twinbank.Cli.Commands;

/// <summary>The files that the commands about layouts read.</summary>
static class LayoutFiles
{
    internal static LayoutRecord Record(string path)
        => LayoutRecordFile.Parse(InputFile.ReadBytes(path, LayoutLimits.RecordBytesMax), path);

    /// <summary>A link whose objects are there: the map names them from the folder that the linker ran in.</summary>
    internal static LinkInputs Link(string elf, string map, string root)
        => LinkReader.Read(Elf(elf), Map(map), new InputFiles(file =>
        {
            string path = Path.Combine(root, file);
            return File.Exists(path) ? InputFile.ReadBytes(path, LayoutLimits.ObjectBytesMax) : null;
        }));

    /// <summary>A link of the past, whose objects may be gone.</summary>
    internal static LinkInputs PastLink(string elf, string map) => LinkReader.Read(Elf(elf), Map(map), null);

    static ElfObject Elf(string path) => ElfObject.Parse(InputFile.ReadBytes(path, LayoutLimits.ObjectBytesMax), path);

    static LinkMap Map(string path)
        => LinkMap.Parse(Encoding.UTF8.GetString(InputFile.ReadBytes(path, LayoutLimits.MapBytesMax)), path);
}
