using System.Globalization;

namespace Twinbank.Images;

/// <summary>Semantic version and build number, as manifests hold it: <c>1.2.3</c> or <c>1.2.3+4</c>.</summary>
public readonly record struct ImageVersion(ushort Major, ushort Minor, uint Patch, uint Build)
    : IComparable<ImageVersion>
{
    /// <summary>Reads <c>MAJOR.MINOR.PATCH[+BUILD]</c>; false for anything else or a number out of range.</summary>
    public static bool TryParse(string text, out ImageVersion version)
    {
        version = default;
        string[] halves = text.Split('+');
        string[] parts = halves[0].Split('.');
        if (halves.Length > 2 || parts.Length != 3
            || !ushort.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out ushort major)
            || !ushort.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out ushort minor)
            || !uint.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out uint patch))
        {
            return false;
        }

        uint build = 0;
        if (halves.Length == 2
            && !uint.TryParse(halves[1], NumberStyles.None, CultureInfo.InvariantCulture, out build))
        {
            return false;
        }

        version = new ImageVersion(major, minor, patch, build);
        return true;
    }

    public int CompareTo(ImageVersion other)
        => (Major, Minor, Patch, Build).CompareTo((other.Major, other.Minor, other.Patch, other.Build));

    public static bool operator <(ImageVersion left, ImageVersion right) => left.CompareTo(right) < 0;

    public static bool operator >(ImageVersion left, ImageVersion right) => left.CompareTo(right) > 0;

    public static bool operator <=(ImageVersion left, ImageVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ImageVersion left, ImageVersion right) => left.CompareTo(right) >= 0;

    public override string ToString()
        => Build == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}")
            : string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Patch}+{Build}");
}
