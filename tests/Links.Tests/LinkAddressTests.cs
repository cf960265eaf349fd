using Twinbank.Errors;

namespace Twinbank.Links.Tests;

[TestClass]
public sealed class LinkAddressTests
{
    [TestMethod]
    [DataRow("/dev/ttyACM0", "serial:/dev/ttyACM0")]
    [DataRow("serial:/dev/ttyUSB0", "serial:/dev/ttyUSB0")]
    [DataRow("SERIAL:/dev/ttyUSB0?baud=115200", "serial:/dev/ttyUSB0")]
    [DataRow("/dev/ttyUSB0?baud=921600&dtr", "serial:/dev/ttyUSB0?baud=921600&dtr")]
    [DataRow("/dev/ttyUSB0?rts=on,dtr=off", "serial:/dev/ttyUSB0?rts")]
    [DataRow("COM3", "serial:COM3")]
    [DataRow("tcp:localhost:4000", "tcp:localhost:4000")]
    [DataRow("tcp:[::1]:4000", "tcp:[::1]:4000")]
    [DataRow("unix:/run/board.sock", "unix:/run/board.sock")]
    public void Reads_what_a_user_writes(string text, string expected)
    {
        LinkAddress address = LinkAddress.Parse(text);
        Assert.AreEqual(expected, address.ToString());
        Assert.AreEqual(address, LinkAddress.Parse(address.ToString()));
    }

    [TestMethod]
    public void Leaves_the_modem_lines_alone_by_default()
    {
        LinkAddress address = LinkAddress.Parse("/dev/ttyACM0");
        Assert.AreEqual((LinkKind.Serial, 115200, false, false),
            (address.Kind, address.BaudRate, address.RaiseDtr, address.RaiseRts));
    }

    [TestMethod]
    [DataRow("", "no kind in front")]
    [DataRow("ttyACM0", "no kind in front")]
    [DataRow("usb:1", "'usb' is no kind of link")]
    [DataRow("serial:", "path of the port is missing")]
    [DataRow("serial:?baud=9600", "path of the port is missing")]
    [DataRow("/dev/ttyS0?baud=fast", "'fast' is no baud rate")]
    [DataRow("/dev/ttyS0?baud=100", "'100' is no baud rate from 300")]
    [DataRow("/dev/ttyS0?parity=odd", "no option 'parity'")]
    [DataRow("/dev/ttyS0?dtr=maybe", "neither on nor off")]
    [DataRow("tcp:localhost", "written tcp:host:port")]
    [DataRow("tcp::80", "written tcp:host:port")]
    [DataRow("tcp:localhost:0", "'0' is no port number")]
    [DataRow("tcp:localhost:65536", "'65536' is no port number")]
    [DataRow("tcp:localhost:-1", "'-1' is no port number")]
    [DataRow("unix:", "path of the socket is missing")]
    public void Says_what_is_wrong_with_an_address(string text, string expected)
    {
        var exception = Assert.ThrowsExactly<FirmwareException>(() => LinkAddress.Parse(text));
        Assert.AreEqual(ErrorCode.BadLinkName, exception.Code);
        Assert.Contains(expected, exception.Message);
    }
}
