using Twinbank.Core.Smp;

namespace Twinbank.Agent;

/// <summary>Writes a version as SMP clients print it: 1.2.3, or 1.2.3.4 with a build number.</summary>
sealed class VersionText
{
    // Four 32-bit numbers and three dots.
    const int TextBytesMax = 43;
    const int DigitsMax = 10;

    readonly byte[] _text = new byte[TextBytesMax];
    readonly byte[] _digits = new byte[DigitsMax];
    int _count;

    internal void Write(SlotStatus status, CborWriter response)
    {
        _count = 0;
        Append(status.VersionMajor);
        AppendDot();
        Append(status.VersionMinor);
        AppendDot();
        Append(status.VersionPatch);
        if (status.VersionBuild != 0)
        {
            AppendDot();
            Append(status.VersionBuild);
        }

        response.WriteText(_text, 0, _count);
    }

    internal void Write(uint major, uint minor, CborWriter response)
    {
        _count = 0;
        Append(major);
        AppendDot();
        Append(minor);
        response.WriteText(_text, 0, _count);
    }

    void Append(uint number)
    {
        int digits = 0;
        do
        {
            _digits[digits++] = (byte)('0' + (number % 10));
            number /= 10;
        }
        while (number != 0);

        while (digits > 0)
        {
            _text[_count++] = _digits[--digits];
        }
    }

    void AppendDot() => _text[_count++] = (byte)'.';
}
