using Twinbank.Boot;

namespace Twinbank.BareMetal.PlatformTest;

/// <summary>Text on the board's serial line.</summary>
sealed class TextConsole
{
    readonly BootPlatform _platform;
    readonly byte[] _byte = new byte[1];

    internal TextConsole(BootPlatform platform)
    {
        _platform = platform;
    }

    internal TextConsole Text(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            Put(text[i]);
        }

        return this;
    }

    internal TextConsole Hex(uint value)
    {
        for (int shift = 28; shift >= 0; shift -= 4)
        {
            Put("0123456789abcdef"[(int)(value >> shift) & 15]);
        }

        return this;
    }

    internal TextConsole Number(uint value)
    {
        if (value >= 10)
        {
            Number(value / 10);
        }

        Put((char)('0' + (value % 10)));
        return this;
    }

    internal void Line()
    {
        Put('\r');
        Put('\n');
    }

    void Put(char character)
    {
        _byte[0] = (byte)character;
        _platform.Write(_byte, 0, 1);
    }
}
