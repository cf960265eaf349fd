namespace Twinbank.Formats;

/// <summary>The file formats that a payload can come in.</summary>
public enum PayloadFormat
{
    /// <summary>Bytes without addresses.</summary>
    Raw = 1,

    /// <summary>ELF, 32 bits, little-endian, linked.</summary>
    Elf = 2,

    /// <summary>Intel HEX, micro:bit Universal HEX included.</summary>
    IntelHex = 3,

    /// <summary>Motorola S-record.</summary>
    SRecord = 4,

    /// <summary>A file with a DFU suffix: raw bytes, or the elements of a DfuSe file.</summary>
    Dfu = 5,

    /// <summary>UF2: blocks of 512 bytes, each with its address.</summary>
    Uf2 = 6,
}
