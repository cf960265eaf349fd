using System.Globalization;
using System.Text;
using Twinbank.Formats;

namespace Twinbank.Fuzz.Targets;

internal sealed class IntelHexTarget : PayloadTarget
{
    protected override PayloadFormat? Format => PayloadFormat.IntelHex;

    public override IReadOnlyList<byte[]> Seeds() =>
    [
        Written(PayloadFormat.IntelHex),
        ":020000021000EC\n:0400100001020304E2\n:040000030000C00039\n:00000001FF\n"u8.ToArray(),
    ];

    /// <summary>Makes the checksum of each line right that has digits only.</summary>
    public override void Repair(byte[] input, Random random)
    {
        int start = 0;
        for (int i = 0; i <= input.Length; i++)
        {
            if (i == input.Length || input[i] == '\n')
            {
                RepairLine(input.AsSpan(start, i - start));
                start = i + 1;
            }
        }
    }

    static void RepairLine(Span<byte> line)
    {
        line = line.TrimEnd((byte)'\r');
        if (line.Length < 11 || line[0] != ':' || line.Length % 2 == 0)
        {
            return;
        }

        byte sum = 0;
        CultureInfo culture = CultureInfo.InvariantCulture;
        for (int i = 1; i + 2 < line.Length; i += 2)
        {
            if (!byte.TryParse(line.Slice(i, 2), NumberStyles.AllowHexSpecifier, culture, out byte value))
            {
                return;
            }

            sum += value;
        }

        Encoding.ASCII.GetBytes(((byte)-sum).ToString("X2", culture)).CopyTo(line[^2..]);
    }
}
