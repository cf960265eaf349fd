using System.Text;
using Twinbank.Errors;
using Twinbank.Links;

namespace Twinbank.Fuzz.Targets;

internal sealed class LinkAddressTarget : FuzzTarget
{
    static readonly string[] s_addresses =
        ["serial:/dev/ttyUSB0?baud=115200", "tcp:localhost:4000", "tcp:[::1]:80", "unix:/run/board", "/dev/ttyACM0"];

    public override IReadOnlyList<byte[]> Seeds() => [.. s_addresses.Select(Encoding.ASCII.GetBytes)];

    public override void Run(byte[] input)
    {
        try
        {
            var address = LinkAddress.Parse(Encoding.UTF8.GetString(input));
            Assert.AreEqual(address, LinkAddress.Parse(address.ToString()), "An address must survive being printed.");
        }
        catch (FirmwareException refusal)
        {
            Assert.AreNotEqual("", refusal.Remedy);
        }
    }
}
