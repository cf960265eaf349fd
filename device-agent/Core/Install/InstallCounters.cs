namespace Twinbank.Core.Install;

/// <summary>
/// What an installation cost so far: for progress, and for people who count wear and bytes on the wire.
/// </summary>
public sealed class InstallCounters
{
    /// <summary>
    /// Container bytes taken; bytes that were skipped because the slot held their block do not count.
    /// </summary>
    public uint ReceivedBytes;

    /// <summary>Blocks found in the slot already, whole and right.</summary>
    public int BlocksKept;

    /// <summary>Blocks copied from the active image or from another block, without bytes on the wire.</summary>
    public int BlocksCopied;

    /// <summary>Blocks written from carried bytes.</summary>
    public int BlocksReceived;

    public void Clear()
    {
        ReceivedBytes = 0;
        BlocksKept = 0;
        BlocksCopied = 0;
        BlocksReceived = 0;
    }
}
