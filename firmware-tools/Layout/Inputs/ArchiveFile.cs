using System.Globalization;
using System.Text;
using Twinbank.Errors;

namespace Twinbank.Layout.Inputs;

/// <summary>The members of an <c>ar</c> archive in the GNU form (System V with a table of long names).</summary>
public static class ArchiveFile
{
    const int HeaderBytes = 60;

    public static bool IsArchive(ReadOnlySpan<byte> content) => content.StartsWith("!<arch>\n"u8);

    /// <summary>Name and bytes of each member, the symbol index left out; the last one of a name wins.</summary>
    /// <exception cref="FirmwareException">BadArchive: a thin archive, or one that is cut off.</exception>
    public static IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> content, string source)
    {
        if (content.Span.StartsWith("!<thin>\n"u8))
        {
            throw Bad(source, "it is a thin archive, which holds names only");
        }

        if (!IsArchive(content.Span))
        {
            throw Bad(source, "it does not start with !<arch>");
        }

        var members = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        ReadOnlyMemory<byte> longNames = default;
        for (int at = 8; at + HeaderBytes <= content.Length;)
        {
            string name = Encoding.ASCII.GetString(content.Span.Slice(at, 16)).TrimEnd();
            string sizeText = Encoding.ASCII.GetString(content.Span.Slice(at + 48, 10)).Trim();
            if (!int.TryParse(sizeText, NumberStyles.None, CultureInfo.InvariantCulture, out int size)
                || size > content.Length - at - HeaderBytes)
            {
                throw Bad(source, $"the member at byte {at} says it has '{sizeText}' bytes");
            }

            ReadOnlyMemory<byte> data = content.Slice(at + HeaderBytes, size);
            if (name == "//")
            {
                longNames = data;
            }
            else if (name is not ("/" or "/SYM64/"))
            {
                members[FullName(name, longNames.Span)] = data;
            }

            at += HeaderBytes + size + (size & 1);
        }

        return members;
    }

    static string FullName(string name, ReadOnlySpan<byte> longNames)
    {
        if (name.Length > 1 && name[0] == '/'
            && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int at)
            && at < longNames.Length)
        {
            ReadOnlySpan<byte> rest = longNames[at..];
            int end = rest.IndexOf((byte)'\n');
            name = Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
        }

        return name.TrimEnd('/');
    }

    static FirmwareException Bad(string source, string problem)
        => new(ErrorCode.BadArchive, ("path", source), ("problem", problem));
}
