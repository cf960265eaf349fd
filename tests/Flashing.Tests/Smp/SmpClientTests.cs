using Microsoft.Extensions.Time.Testing;
using Twinbank.Core;
using Twinbank.Core.Smp;
using Twinbank.Errors;
using Twinbank.Flashing.Smp;
using Twinbank.Images;
using Twinbank.Links;

namespace Twinbank.Flashing.Tests.Smp;

[TestClass]
public sealed class SmpClientTests
{
    private static readonly TimeSpan s_testPatience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();

    private SmpClient Client(ILink link) => new(link, new SmpClientOptions { FirstSequence = 0x41, Time = _time });

    private static Task<CborMap> Ask(SmpClient client, SmpPatience? patience = null, CancellationToken token = default)
        => client.RequestAsync(SmpCommand.Info, SmpArguments.None, "The info", patience, token)
            .WaitAsync(s_testPatience, CancellationToken.None);

    private static async Task<FirmwareException> Fails(Func<Task> action, ErrorCode code)
    {
        var exception = await Assert.ThrowsExactlyAsync<FirmwareException>(action);
        Assert.AreEqual(code, exception.Code, exception.Message);
        return exception;
    }

    private async Task AdvanceUntil(Func<bool> condition)
    {
        while (!condition())
        {
            _time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }

    [TestMethod]
    public async Task Sends_version_1_requests_and_gives_the_map_of_the_answer()
    {
        (ILink link, ScriptedDevice device) = ScriptedDevice.Create(
            request => ScriptedDevice.AnswerTo(request, "a1617265" + "68656c6c6f"));
        await using SmpClient client = Client(link);
        CborMap answer = await client.RequestAsync(
            SmpCommand.Echo, new SmpArguments().Add("d", "hello"), "The echo");
        Assert.AreEqual("hello", answer.Text("r"));
        Assert.AreEqual(
            "0a00000900004200" + "a161646568656c6c6f", Convert.ToHexStringLower(device.Requests.Single()));
    }

    [TestMethod]
    public async Task Sends_again_what_was_not_answered()
    {
        int calls = 0;
        (ILink link, ScriptedDevice device) = ScriptedDevice.Create(
            request => ++calls < 4 ? null : ScriptedDevice.AnswerTo(request, "a0"));
        await using SmpClient client = Client(link);
        Task<CborMap> asked = Ask(client);
        await AdvanceUntil(() => asked.IsCompleted);
        await asked;
        Assert.HasCount(4, device.Requests);
        Assert.AreEqual(1, device.Requests.Select(Convert.ToHexString).Distinct().Count(), "the same packet each time");
        Assert.AreEqual(3, client.ResentRequests);
    }

    [TestMethod]
    public async Task Gives_up_when_its_time_is_over_and_says_what_was_asked()
    {
        (ILink link, _) = ScriptedDevice.Create(_ => null);
        await using SmpClient client = Client(link);
        Task<CborMap> asked = Ask(client, SmpPatience.Short);
        await AdvanceUntil(() => asked.IsCompleted);
        FirmwareException error = await Fails(() => asked, ErrorCode.NoAnswer);
        Assert.Contains("within 3 s (asked for its info)", error.Message);
    }

    [TestMethod]
    public async Task Sends_once_what_must_not_be_done_twice()
    {
        (ILink link, ScriptedDevice device) = ScriptedDevice.Create(_ => null);
        await using SmpClient client = Client(link);
        Task<CborMap> asked = Ask(client, SmpPatience.Once(TimeSpan.FromSeconds(20)));
        await AdvanceUntil(() => asked.IsCompleted);
        await Fails(() => asked, ErrorCode.NoAnswer);
        Assert.HasCount(1, device.Requests);
    }

    [TestMethod]
    public async Task Ignores_answers_to_other_requests()
    {
        (ILink link, ScriptedDevice device) = ScriptedDevice.Create(_ => null);
        await using SmpClient client = Client(link);
        Task<CborMap> asked = Ask(client);
        await AdvanceUntil(() => device.Requests.Count > 0);
        byte[] right = ScriptedDevice.AnswerTo(device.Requests[0], "a1616e01");
        foreach ((int index, byte change) in new (int, byte)[] { (0, 2), (5, 1), (6, 1), (7, 1) })
        {
            byte[] wrong = [.. right];
            wrong[index] ^= change;
            await device.SendPacketAsync(wrong);
        }

        byte[] tooShort = [.. right];
        tooShort[3] = 200;
        await device.SendPacketAsync(tooShort);
        Assert.IsFalse(asked.IsCompleted);
        await device.SendPacketAsync(right);
        Assert.AreEqual(1u, (await asked).Unsigned("n"));
    }

    [TestMethod]
    public async Task Matches_answers_that_come_in_another_order()
    {
        (ILink link, ScriptedDevice device) = ScriptedDevice.Create(_ => null);
        await using SmpClient client = Client(link);
        Task<CborMap>[] asked = [.. Enumerable.Range(0, 5).Select(_ => Ask(client))];
        await AdvanceUntil(() => device.Requests.Select(request => request[6]).Distinct().Count() == 5);
        foreach (byte[] request in device.Requests.DistinctBy(request => request[6]).Reverse())
        {
            await device.SendPacketAsync(ScriptedDevice.AnswerTo(request, $"a1616e{request[6] & 15:x2}"));
        }

        uint[] numbers = [.. (await Task.WhenAll(asked)).Select(answer => answer.Unsigned("n"))];
        CollectionAssert.AreEqual(new uint[] { 2, 3, 4, 5, 6 }, numbers);
    }

    [TestMethod]
    public async Task Hands_out_the_lines_of_text_between_frames()
    {
        (ILink link, ScriptedDevice device) = ScriptedDevice.Create(
            request => ScriptedDevice.AnswerTo(request, "a0"));
        await using SmpClient client = Client(link);
        var lines = new List<string>();
        client.TextReceived += lines.Add;
        await device.SendAsync("boot 1.0\r\nalive"u8.ToArray());
        await Ask(client);
        await device.SendAsync(" für 3 s\n\n"u8.ToArray());
        await Ask(client);
        CollectionAssert.AreEqual(new[] { "boot 1.0", "alive für 3 s" }, lines);
    }

    [TestMethod]
    public async Task Stops_waiting_when_cancelled()
    {
        (ILink link, _) = ScriptedDevice.Create(_ => null);
        await using SmpClient client = Client(link);
        using var cancellation = new CancellationTokenSource();
        Task<CborMap> asked = Ask(client, null, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => asked);
    }

    [TestMethod]
    public async Task Reports_a_lost_link_to_all_who_wait_and_to_all_who_come_later()
    {
        (ILink link, ScriptedDevice device) = ScriptedDevice.Create(_ => null);
        await using SmpClient client = Client(link);
        Task<CborMap> asked = Ask(client);
        await AdvanceUntil(() => device.Requests.Count > 0);
        await device.DisposeAsync();
        await Fails(() => asked, ErrorCode.LinkLost);
        await Fails(() => Ask(client), ErrorCode.LinkLost);
    }

    [TestMethod]
    public async Task Recovers_from_noise_and_damaged_answers()
    {
        int calls = 0;
        (ILink link, ScriptedDevice device) = ScriptedDevice.Create(
            request => ++calls == 1 ? null : ScriptedDevice.AnswerTo(request, "a0"));
        await using SmpClient client = Client(link);
        Task<CborMap> asked = Ask(client);
        await device.SendAsync("\x06\x09ABMCAAAJ\x00\xff\x06\x0c\x06\x04\x14//\n"u8.ToArray());
        await AdvanceUntil(() => asked.IsCompleted);
        await asked;
    }

    [TestMethod]
    [DataRow("a0ff", DisplayName = "bytes after the map")]
    [DataRow("80", DisplayName = "an array")]
    [DataRow("a1616e", DisplayName = "cut short")]
    [DataRow("", DisplayName = "nothing")]
    [DataRow("a16161818181818181818181818100", DisplayName = "nested too deep")]
    public async Task Says_so_when_an_answer_is_no_map(string payload)
    {
        (ILink link, _) = ScriptedDevice.Create(request => ScriptedDevice.AnswerTo(request, payload));
        await using SmpClient client = Client(link);
        if (payload == "a0ff")
        {
            // Devices may pad; what follows the map is nobody's.
            await Ask(client);
            return;
        }

        await Fails(() => Ask(client), ErrorCode.BadAnswer);
    }

    [TestMethod]
    public async Task Turns_every_status_of_a_device_into_its_error()
    {
        byte status = 0;
        (ILink link, _) = ScriptedDevice.Create(request => ScriptedDevice.AnswerTo(
            request, "a163657272a26567726f75701840627263" + (status < 24 ? $"{status:x2}" : $"18{status:x2}")));
        await using SmpClient client = Client(link);
        foreach (Status each in Enum.GetValues<Status>().Except([Status.Ok, Status.NeedMoreData]))
        {
            status = (byte)each;
            FirmwareException error = await Fails(() => Ask(client), StatusErrors.CodeOf(each));
            Assert.AreNotEqual(ErrorCode.UnexpectedStatus, error.Code, each.ToString());
            Assert.AreEqual(error.Code.Detail.Contains("{subject}"), error.Message.Contains("The info"));
        }

        status = 0xEE;
        await Fails(() => Ask(client), ErrorCode.DeviceRefused);
    }

    [TestMethod]
    [DataRow(1, nameof(ErrorCode.DeviceRefused))]
    [DataRow(2, nameof(ErrorCode.NoSpace))]
    [DataRow(3, nameof(ErrorCode.DeviceRefused))]
    [DataRow(4, nameof(ErrorCode.OperationTimeout))]
    [DataRow(5, nameof(ErrorCode.NotFound))]
    [DataRow(6, nameof(ErrorCode.WrongState))]
    [DataRow(7, nameof(ErrorCode.DeviceRefused))]
    [DataRow(8, nameof(ErrorCode.NotSupported))]
    [DataRow(10, nameof(ErrorCode.DeviceBusy))]
    [DataRow(20, nameof(ErrorCode.DeviceRefused))]
    public async Task Turns_plain_results_into_errors(int result, string code)
    {
        (ILink link, _) = ScriptedDevice.Create(
            request => ScriptedDevice.AnswerTo(request, $"a1627263{result:x2}"));
        await using SmpClient client = Client(link);
        await Fails(() => Ask(client), ErrorCatalog.Find(code)!);
    }

    [TestMethod]
    public async Task Takes_a_result_of_zero_as_success()
    {
        (ILink link, _) = ScriptedDevice.Create(request => ScriptedDevice.AnswerTo(request, "a162726300"));
        await using SmpClient client = Client(link);
        Assert.IsTrue((await Ask(client)).Has("rc"));
    }

    [TestMethod]
    public async Task Sends_compact_frames_when_told_to()
    {
        (ILink link, ScriptedDevice device) = ScriptedDevice.Create(
            request => ScriptedDevice.AnswerTo(request, "a0"));
        await using SmpClient client = Client(link);
        client.Framing = SmpFraming.Compact;
        await Ask(client);
        Assert.HasCount(1, device.Requests);
    }
}
