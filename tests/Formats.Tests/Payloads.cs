using System.Text;
using Twinbank.Errors;

namespace Twinbank.Formats.Tests;

/// <summary>Short ways to parse and to expect a refusal.</summary>
static class Payloads
{
    internal static readonly PayloadReadOptions Automatic = new();

    internal static MemoryImage Parse(byte[] content, PayloadReadOptions? options = null, string name = "payload")
        => PayloadReader.Parse(content, name, options ?? Automatic);

    internal static MemoryImage ParseText(params string[] lines)
        => Parse(Encoding.ASCII.GetBytes(string.Join('\n', lines) + "\n"));

    internal static FirmwareException Refuse(ErrorCode code, Action action)
    {
        FirmwareException exception = Assert.ThrowsExactly<FirmwareException>(action);
        Assert.AreEqual(code, exception.Code, exception.Message);
        Assert.DoesNotContain("not given", exception.Message + exception.Remedy);
        Assert.DoesNotContain("..", exception.Message);
        return exception;
    }

    internal static void RefuseText(ErrorCode code, string expected, params string[] lines)
        => Assert.Contains(expected, Refuse(code, () => ParseText(lines)).Message);

    internal static void AssertSegments(MemoryImage image, params (uint Address, string Hex)[] expected)
        => CollectionAssert.AreEqual(
            expected.Select(item => $"{item.Address:X8} {item.Hex}").ToArray(),
            image.Segments.Select(item => $"{item.Address:X8} {Convert.ToHexString(item.Data)}").ToArray());
}
