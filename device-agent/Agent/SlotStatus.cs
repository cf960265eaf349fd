namespace Twinbank.Agent;

/// <summary>What a slot holds, as SMP's image state tells it. Filled in place; one is allocated per slot.</summary>
public sealed class SlotStatus
{
    /// <summary>SHA-512, the longest that clients send and show.</summary>
    public const int DigestBytesMax = 64;

    /// <summary>Number of the slot on the wire.</summary>
    public uint Slot;

    public uint VersionMajor;
    public uint VersionMinor;
    public uint VersionPatch;

    /// <summary>Left out of the text when it is 0.</summary>
    public uint VersionBuild;

    /// <summary>Identity of the image, <see cref="DigestBytes"/> long.</summary>
    public readonly byte[] Digest = new byte[DigestBytesMax];

    public int DigestBytes;

    /// <summary>The image is whole and may run on this device.</summary>
    public bool IsBootable;

    /// <summary>The next boot tries it.</summary>
    public bool IsPending;

    /// <summary>The device returns to it when nothing else is good.</summary>
    public bool IsConfirmed;

    /// <summary>It runs now.</summary>
    public bool IsActive;

    /// <summary>Pending without a trial. Never true for our own images.</summary>
    public bool IsPermanent;
}
