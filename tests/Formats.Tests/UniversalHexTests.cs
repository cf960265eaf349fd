using System.Text;
using Twinbank.Errors;
using static Twinbank.Formats.Tests.Payloads;

namespace Twinbank.Formats.Tests;

/// <summary>micro:bit Universal HEX, specification 0.4.0: both section formats' records.</summary>
[TestClass]
public sealed class UniversalHexTests
{
    // Lines from the example of the specification, shortened.
    static readonly string[] s_lines =
    [
        ":020000040000FA",
        ":0400000A9900C0DEBB",
        ":2000000000400020218E01005D8E01005F8E010000000000000000000000000000000000F6",
        ":020000041000EA",
        ":1C10C0007CB0EE17FFFFFFFF0A0000000000E300FFFFFFFF2D6D03000000000061",
        ":2000000CFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF4",
        ":0000000BF5",
        ":020000040000FA",
        ":0400000A9903C0DEB8",
        ":2000000D00040020810A000015070000610A00001F0700002907000033070000000000000D",
        ":020000041000EA",
        ":0810140D0080070000E0070059",
        ":0000000BF5",
        ":00000001FF",
    ];

    [TestMethod]
    public void Takes_the_data_of_the_board_that_was_asked_for()
    {
        AssertSegments(
            Read(0x9903),
            (0, "00040020810A000015070000610A00001F070000290700003307000000000000"),
            (0x10001014, "0080070000E00700"));
        AssertSegments(
            Read(0x9900),
            (0, "00400020218E01005D8E01005F8E010000000000000000000000000000000000"),
            (0x100010C0, "7CB0EE17FFFFFFFF0A0000000000E300FFFFFFFF2D6D030000000000"));
    }

    [TestMethod]
    public void Asks_which_board_is_meant()
    {
        FirmwareException exception = Refuse(ErrorCode.UniversalHexBoardMissing, () => ParseText(s_lines));
        Assert.Contains("9900, 9903", exception.Message);
    }

    [TestMethod]
    public void Takes_the_only_board_without_asking()
        => AssertSegments(
            ParseText([.. s_lines[7..]]),
            (0, "00040020810A000015070000610A00001F070000290700003307000000000000"),
            (0x10001014, "0080070000E00700"));

    [TestMethod]
    public void Names_the_boards_when_another_one_is_asked_for()
    {
        FirmwareException exception = Refuse(ErrorCode.BadArgument, () => Read(0x9905));
        Assert.Contains("'9905' for --hex-board", exception.Message);
        Assert.Contains("9900, 9903", exception.Message);
    }

    [TestMethod]
    public void Refuses_a_board_for_a_plain_file()
    {
        byte[] plain = ":0100000055AA\n:00000001FF\n"u8.ToArray();
        Refuse(ErrorCode.BadArgument, () => Parse(plain, new PayloadReadOptions { UniversalHexBoard = 0x9900 }));
        Refuse(ErrorCode.BadArgument, () => Parse(
            "S1040000AA51\nS9030000FC"u8.ToArray(), new PayloadReadOptions { UniversalHexBoard = 0x9900 }));
    }

    [TestMethod]
    public void Accepts_a_block_that_is_repeated()
    {
        // The format of 512-byte blocks starts each block with its board.
        string[] lines =
            [.. s_lines[..2], ":0100000055AA", ":0000000BF5", .. s_lines[..2], ":0100010056A8", ":00000001FF"];
        AssertSegments(ParseText(lines), (0, "5556"));
    }

    [TestMethod]
    public void Refuses_data_for_more_boards_than_there_can_be()
    {
        IEnumerable<string> blocks = Enumerable.Range(0, 20)
            .Select(i => $":0200000A99{i:X2}{(byte)-(0x0C + 0x99 + i):X2}");
        RefuseText(ErrorCode.BadIntelHex, "one more board", [.. blocks, ":00000001FF"]);
    }

    static MemoryImage Read(ushort board)
        => Parse(Encoding.ASCII.GetBytes(string.Join('\n', s_lines)), new() { UniversalHexBoard = board });
}
