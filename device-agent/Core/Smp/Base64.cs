namespace Twinbank.Core.Smp;

/// <summary>The alphabet of base64 (RFC 4648 section 4), computed rather than tabled to save flash.</summary>
static class Base64
{
    public const byte Padding = 0x3D;

    /// <summary>What <see cref="ToValue"/> gives for a byte outside the alphabet.</summary>
    public const int NotInAlphabet = -1;

    /// <summary>The character for a value of 0 to 63.</summary>
    public static byte ToCharacter(int value)
    {
        if (value < 26)
        {
            return (byte)('A' + value);
        }

        if (value < 52)
        {
            return (byte)('a' + value - 26);
        }

        if (value < 62)
        {
            return (byte)('0' + value - 52);
        }

        return value == 62 ? (byte)'+' : (byte)'/';
    }

    /// <summary>0 to 63, or <see cref="NotInAlphabet"/>; the padding character is not in the alphabet.</summary>
    public static int ToValue(byte character)
    {
        if (character >= 'A' && character <= 'Z')
        {
            return character - 'A';
        }

        if (character >= 'a' && character <= 'z')
        {
            return character - 'a' + 26;
        }

        if (character >= '0' && character <= '9')
        {
            return character - '0' + 52;
        }

        if (character == '+')
        {
            return 62;
        }

        return character == '/' ? 63 : NotInAlphabet;
    }
}
