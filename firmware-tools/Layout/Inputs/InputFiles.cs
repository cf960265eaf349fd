using Twinbank.Errors;

namespace Twinbank.Layout.Inputs;

/// <summary>The objects and archive members that a map names, each read once.</summary>
/// <param name="read">Gives the bytes of a file that the linker was given, or null when it is not there.</param>
public sealed class InputFiles(Func<string, byte[]?> read)
{
    readonly Dictionary<string, IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> _archives = [];
    readonly Dictionary<(string, string), ElfObject> _objects = [];

    /// <summary>The object, from the file system or from its archive.</summary>
    /// <exception cref="FirmwareException">LayoutObjectMissing, BadArchive, BadElf.</exception>
    public ElfObject Find(string file, string member)
    {
        if (_objects.TryGetValue((file, member), out ElfObject? found))
        {
            return found;
        }

        string name = member.Length == 0 ? file : $"{file}({member})";
        ReadOnlyMemory<byte> content = member.Length == 0 ? Read(file) : Member(file, member);
        return _objects[(file, member)] = ElfObject.Parse(content, name);
    }

    ReadOnlyMemory<byte> Member(string archive, string member)
    {
        if (!_archives.TryGetValue(archive, out IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? members))
        {
            members = _archives[archive] = ArchiveFile.Read(Read(archive), archive);
        }

        return members.TryGetValue(member, out ReadOnlyMemory<byte> content)
            ? content
            : throw new FirmwareException(ErrorCode.LayoutObjectMissing, ("file", $"{archive}({member})"));
    }

    byte[] Read(string file)
        => read(file) ?? throw new FirmwareException(ErrorCode.LayoutObjectMissing, ("file", file));
}
