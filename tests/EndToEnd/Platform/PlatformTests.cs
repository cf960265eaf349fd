using System.Globalization;

namespace Twinbank.EndToEnd.Platform;

/// <summary>What the boot stage relies on, on the emulated processors themselves.</summary>
[TestClass]
public sealed class PlatformTests
{
    const int PanicKind = 6;
    const string FaultCause = " cause 4 ";
    const string WatchdogCause = " cause 3 ";

    /// <summary>PanicCode that each program of PlatformTest/Language/Panics.cs must end with, in order.</summary>
    static readonly int[] s_panicCodes = [2, 2, 4, 4, 5, 5, 6, 8, 5, 1, 10, 2, 9, 5, 6];

    public required TestContext TestContext { get; init; }

    CancellationToken Cancellation => TestContext.CancellationToken;

    [TestMethod]
    [DataRow("qemu-virt")]
    [DataRow("emcraft-sf2")]
    public async Task The_language_works_on_bare_metal(string boardId)
    {
        await using PlatformGuest guest = await PlatformGuest.StartAsync(boardId, Cancellation);
        IReadOnlyList<string> lines = await guest.AskAsync("L", Cancellation);
        Assert.EndsWith(" passed 0 failed", lines[^1], string.Join('\n', lines));
        Assert.HasCount(1, lines);
    }

    [TestMethod]
    [DataRow("qemu-virt")]
    [DataRow("emcraft-sf2")]
    public async Task Every_broken_rule_ends_in_a_panic_with_its_code(string boardId)
    {
        await using PlatformGuest guest = await PlatformGuest.StartAsync(boardId, Cancellation);
        for (int program = 0; program < s_panicCodes.Length; program++)
        {
            IReadOnlyList<string> lines = await guest.AskAsync("P" + (char)('a' + program), Cancellation);
            Assert.Contains(FaultCause, lines[0], $"program {program + 1}: {string.Join('\n', lines)}");
            StringAssert.StartsWith(lines[1], $"fault {PanicKind} boot pc ");
            Assert.Contains($" status {s_panicCodes[program]:x8} ", lines[1], $"program {program + 1}");
        }
    }

    [TestMethod]
    [DataRow("qemu-virt")]
    [DataRow("emcraft-sf2")]
    public async Task Flash_drivers_erase_program_read_and_refuse_to_set_bits(string boardId)
    {
        await using PlatformGuest guest = await PlatformGuest.StartAsync(boardId, Cancellation);
        string[] expected =
        [
            "flash slot 0 status 0", "flash slot 1 status 0", "flash slot 2 status 0", "flash journal status 0",
        ];
        CollectionAssert.AreEqual(expected, (await guest.AskAsync("F", Cancellation)).ToArray());
    }

    /// <summary>Beside the buffer for one block, which the installer has anyway.</summary>
    [TestMethod]
    [DataRow("qemu-virt")]
    [DataRow("emcraft-sf2")]
    public async Task The_recipe_decoder_needs_at_most_4_KiB_of_memory(string boardId)
    {
        await using PlatformGuest guest = await PlatformGuest.StartAsync(boardId, Cancellation);
        string[] words = (await guest.AskAsync("M", Cancellation))[0].Split(' ');
        CollectionAssert.AreEqual(new[] { "recipe", "decoder", words[2], "bytes" }, words);
        TestContext.WriteLine($"{boardId}: {words[2]} bytes");
        Assert.IsLessThanOrEqualTo(4096, int.Parse(words[2], CultureInfo.InvariantCulture));
    }

    [TestMethod]
    [DataRow("qemu-virt", "N", 3, DisplayName = "qemu-virt: null reference")]
    [DataRow("qemu-virt", "O", 3, DisplayName = "qemu-virt: stack overflow")]
    [DataRow("qemu-virt", "X", 2, DisplayName = "qemu-virt: executing data")]
    [DataRow("emcraft-sf2", "N", 3, DisplayName = "emcraft-sf2: null reference")]
    [DataRow("emcraft-sf2", "O", 3, DisplayName = "emcraft-sf2: stack overflow")]
    [DataRow("emcraft-sf2", "X", 2, DisplayName = "emcraft-sf2: executing data")]
    public async Task A_fault_is_told_to_the_next_life(string boardId, string letter, int kind)
    {
        await using PlatformGuest guest = await PlatformGuest.StartAsync(boardId, Cancellation);
        IReadOnlyList<string> lines = await guest.AskAsync(letter, Cancellation);
        Assert.Contains(FaultCause, lines[0]);
        StringAssert.StartsWith(lines[1], $"fault {kind} boot pc ");
    }

    [TestMethod]
    [DataRow("qemu-virt")]
    [DataRow("emcraft-sf2")]
    public async Task The_watchdog_can_be_fed_and_stopped_and_ends_a_hang(string boardId)
    {
        await using PlatformGuest guest = await PlatformGuest.StartAsync(boardId, Cancellation);
        Assert.AreEqual("fed, then stopped", (await guest.AskAsync("K", Cancellation))[^1]);
        Assert.Contains(WatchdogCause, (await guest.AskAsync("W", Cancellation))[0]);
    }

    [TestMethod]
    [DataRow("qemu-virt")]
    [DataRow("emcraft-sf2")]
    public async Task A_reset_on_request_is_no_failure(string boardId)
    {
        await using PlatformGuest guest = await PlatformGuest.StartAsync(boardId, Cancellation);
        IReadOnlyList<string> lines = await guest.AskAsync("R", Cancellation);
        Assert.Contains(" cause 1 ", lines[0]);
        Assert.HasCount(1, lines);
    }
}
