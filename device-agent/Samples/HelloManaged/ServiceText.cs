using Twinbank.BareMetal.Application;

namespace Twinbank.Samples.HelloManaged;

/// <summary>Text through the boot stage's console, a whole line at a time.</summary>
sealed unsafe class ServiceText
{
    const int LineBytesMax = 160;

    readonly BootServiceTable* _services;
    readonly byte[] _line = new byte[LineBytesMax];
    int _count;

    internal ServiceText(BootServiceTable* services)
    {
        _services = services;
    }

    internal ServiceText Text(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            Put(text[i]);
        }

        return this;
    }

    internal ServiceText Hex(uint value)
    {
        Text("0x");
        for (int shift = 28; shift >= 0; shift -= 4)
        {
            Put("0123456789abcdef"[(int)(value >> shift) & 15]);
        }

        return this;
    }

    internal ServiceText Number(uint value) => Number(value, 1);

    /// <summary>Decimal, with leading zeros up to the number of digits.</summary>
    internal ServiceText Number(uint value, int digits)
    {
        if (value >= 10 || digits > 1)
        {
            Number(value / 10, digits - 1);
        }

        Put((char)('0' + (value % 10)));
        return this;
    }

    internal void End()
    {
        Put('\r');
        Put('\n');
        fixed (byte* line = _line)
        {
            _services->ConsoleWrite(line, (uint)_count);
        }

        _count = 0;
    }

    void Put(char character)
    {
        if (_count < LineBytesMax)
        {
            _line[_count++] = (byte)character;
        }
    }
}
