using System.Text;
using Twinbank.Core;
using Twinbank.Core.Format;

namespace Twinbank.Images;

/// <summary>The text fields of a manifest.</summary>
public static class ManifestText
{
    /// <summary>A zero-padded 32-byte name at the offset in the manifest: board id or image name.</summary>
    public static string Name(Manifest manifest, int offset)
    {
        ReadOnlySpan<byte> field = manifest.Source.AsSpan(manifest.SourceOffset + offset, Manifest.NameBytes);
        int length = field.IndexOf((byte)0);
        return Encoding.ASCII.GetString(length < 0 ? field : field[..length]);
    }

    /// <summary>The description record, or null.</summary>
    public static string? Description(Manifest manifest)
    {
        int value = TlvRecords.Find(manifest, TlvRecords.Description);
        if (value < 0)
        {
            return null;
        }

        int length = LittleEndian.ReadU16(manifest.Source, value - 2);
        return Encoding.UTF8.GetString(manifest.Source, value, length);
    }

    /// <summary>
    /// True for what a manifest takes as a name: 1 to 31 characters a-z, 0-9, hyphen, dot, underscore.
    /// </summary>
    public static bool IsName(string text)
        => text.Length is >= 1 and < Manifest.NameBytes
            && text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '.' or '_');
}
