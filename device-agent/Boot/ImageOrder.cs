using Twinbank.Core.Format;
using Twinbank.Core.Slots;

namespace Twinbank.Boot;

/// <summary>Remembers the versions in slot A and B while the other slot is being looked at.</summary>
sealed class ImageOrder
{
    readonly uint[] _versions = new uint[2 * VersionNumbers.Count];

    /// <summary>True when B's version is the higher one; equal versions leave A first.</summary>
    internal bool SlotBIsNewer => VersionNumbers.IsHigher(_versions, VersionNumbers.Count, _versions, 0);

    internal void Note(SlotId slot, Manifest manifest)
    {
        if (slot <= SlotId.B)
        {
            VersionNumbers.Take(manifest, _versions, VersionNumbers.Count * (int)slot);
        }
    }
}
