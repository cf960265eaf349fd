namespace Twinbank.Core.Smp;

/// <summary>Group and command numbers (specs/smp.md section 3).</summary>
public static class SmpGroup
{
    public const ushort Os = 0;
    public const byte OsEcho = 0;
    public const byte OsReset = 5;
    public const byte OsParameters = 6;

    public const ushort Image = 1;
    public const byte ImageState = 0;
    public const byte ImageUpload = 1;
    public const byte ImageErase = 5;
    public const byte ImageSlotInfo = 6;

    /// <summary>Ours: the first group number that SMP leaves to applications.</summary>
    public const ushort Twinbank = 64;
    public const byte TwinbankInfo = 0;
    public const byte TwinbankConfirm = 1;
    public const byte TwinbankRevert = 2;
    public const byte TwinbankResetTo = 3;
    public const byte TwinbankLog = 4;
    public const byte TwinbankGenerations = 5;
    public const byte TwinbankCompact = 6;
    public const byte TwinbankReadSlot = 8;
    public const byte TwinbankPromote = 9;
}
