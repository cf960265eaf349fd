using System.Text;
using Twinbank.Errors;
using Twinbank.Layout.Inputs;

namespace Twinbank.Fuzz.Targets;

internal sealed class LinkMapTarget : FuzzTarget
{
    public override IReadOnlyList<byte[]> Seeds() =>
    [
        Encoding.ASCII.GetBytes(
            "Linker script and memory map\n\n.text           0x80000000      0x200 load address 0x80001000\n"
            + " .text.a\n                0x80000000       0x5c start.o\n .text.main     0x80000060       0x40 main.o\n"
            + " .text          0x800000a0       0x20 /usr/lib/libm.a(lib_a-s_floor.o)\n"),
    ];

    public override void Run(byte[] input)
    {
        try
        {
            LinkMap.Parse(Encoding.UTF8.GetString(input), "fuzz.map");
        }
        catch (FirmwareException error) when (error.Code == ErrorCode.BadLinkMap)
        {
        }
    }
}
