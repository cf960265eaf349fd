namespace Internal.Runtime;

/// <summary>
/// Device registers by address. Every access happens, once and in order: the compiler merges or hoists plain pointer
/// reads (two reads of a UART's data register became one, a wait for a status bit became an endless loop), but honours
/// volatile fields and adds a data memory barrier to them.
/// </summary>
public static unsafe class Mmio
{
    struct Cell8
    {
        public volatile byte Value;
    }

    struct Cell16
    {
        public volatile ushort Value;
    }

    struct Cell32
    {
        public volatile uint Value;
    }

    public static byte Read8(uint address) => ((Cell8*)address)->Value;

    public static ushort Read16(uint address) => ((Cell16*)address)->Value;

    public static uint Read32(uint address) => ((Cell32*)address)->Value;

    public static void Write8(uint address, byte value) => ((Cell8*)address)->Value = value;

    public static void Write16(uint address, ushort value) => ((Cell16*)address)->Value = value;

    public static void Write32(uint address, uint value) => ((Cell32*)address)->Value = value;
}
