namespace Twinbank.BareMetal.Application;

/// <summary>
/// What the boot stage gives to a running application: specs/boot-services.md section 2, byte for byte. The same file
/// is compiled into the boot stage, which fills it, and into bare-metal C# applications, which read it.
/// </summary>
public unsafe struct BootServiceTable
{
    public const uint MagicValue = 0x53425754; // the bytes TWBS
    public const uint VersionValue = 0x00010000;
    public const uint TrialFlag = 1;
    public const uint Unmapped = 0xFFFFFFFF;

    public uint Magic;
    public uint Version;
    public uint SizeBytes;
    public uint Slot;
    public uint VirtualBase;
    public uint SlotPhysical;
    public uint RamStart;
    public uint RamEnd;
    public uint Flags;
    public uint BootsLeft;
    public uint ProbationMilliseconds;
    public uint DeadlineMilliseconds;

    public delegate*<uint> Poll;
    public delegate*<uint> Confirm;
    public delegate*<byte*, uint, void> ConsoleWrite;
    public delegate*<uint> Milliseconds;
    public delegate*<void> Reset;
    public delegate*<uint, uint> PhysicalAddress;
    public delegate*<uint, delegate*<void>, uint> SetInterruptHandler;

    /// <summary>True when the table is one that this declaration describes.</summary>
    public readonly bool IsValid
        => Magic == MagicValue && (Version >> 16) == (VersionValue >> 16) && SizeBytes >= sizeof(BootServiceTable);
}
