namespace Twinbank.Core.Format;

/// <summary>The four numbers of a version, kept while another manifest is being looked at.</summary>
public static class VersionNumbers
{
    public const int Count = 4;

    /// <summary>Takes the numbers of a manifest: major, minor, patch, build.</summary>
    public static void Take(Manifest manifest, uint[] numbers, int offset)
    {
        numbers[offset] = manifest.VersionMajor;
        numbers[offset + 1] = manifest.VersionMinor;
        numbers[offset + 2] = manifest.VersionPatch;
        numbers[offset + 3] = manifest.VersionBuild;
    }

    /// <summary>True when the first version is higher than the second one.</summary>
    public static bool IsHigher(uint[] first, int firstOffset, uint[] second, int secondOffset)
    {
        for (int part = 0; part < Count; part++)
        {
            uint a = first[firstOffset + part], b = second[secondOffset + part];
            if (a != b)
            {
                return a > b;
            }
        }

        return false;
    }
}
