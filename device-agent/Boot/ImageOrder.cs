using Twinbank.Core.Format;
using Twinbank.Core.Slots;

namespace Twinbank.Boot;

/// <summary>Remembers the versions in slot A and B while the other slot is being looked at.</summary>
sealed class ImageOrder
{
    readonly uint[] _versions = new uint[8];

    /// <summary>True when B's version is the higher one; equal versions leave A first.</summary>
    internal bool SlotBIsNewer
    {
        get
        {
            for (int part = 0; part < 4; part++)
            {
                uint a = _versions[part], b = _versions[4 + part];
                if (a != b)
                {
                    return b > a;
                }
            }

            return false;
        }
    }

    internal void Note(SlotId slot, Manifest manifest)
    {
        if (slot > SlotId.B)
        {
            return;
        }

        int at = 4 * (int)slot;
        _versions[at] = manifest.VersionMajor;
        _versions[at + 1] = manifest.VersionMinor;
        _versions[at + 2] = manifest.VersionPatch;
        _versions[at + 3] = manifest.VersionBuild;
    }
}
