using Twinbank.Errors;

namespace Twinbank.Flashing.Tests.Bench;

/// <summary>Checks that something ends with one error of the catalogue.</summary>
internal static class Refusals
{
    public static async Task<FirmwareException> FailsAsync(ErrorCode code, Func<Task> action)
    {
        var exception = await Assert.ThrowsExactlyAsync<FirmwareException>(action);
        Assert.AreEqual(code, exception.Code, exception.Message);
        return exception;
    }

    public static FirmwareException Fails(ErrorCode code, Action action)
    {
        var exception = Assert.ThrowsExactly<FirmwareException>(action);
        Assert.AreEqual(code, exception.Code, exception.Message);
        return exception;
    }
}
