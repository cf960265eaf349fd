namespace Twinbank.Core.Overlays;

/// <summary>
/// RAM outside the boot stage and the application that composed blocks are put into. One per board, given by its
/// platform; parts of it are later mapped where an application runs.
/// </summary>
public abstract class ComposeMemory
{
    public abstract uint SizeBytes { get; }

    /// <summary>Reads; gives Ok or OutOfRange.</summary>
    public abstract Status Read(uint offset, byte[] buffer, int bufferOffset, int count);

    /// <summary>Writes; gives Ok or OutOfRange.</summary>
    public abstract Status Write(uint offset, byte[] data, int dataOffset, int count);
}
