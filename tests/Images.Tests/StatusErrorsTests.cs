using Twinbank.Core;
using Twinbank.Errors;

namespace Twinbank.Images.Tests;

[TestClass]
public sealed class StatusErrorsTests
{
    public static IEnumerable<object[]> EveryFailure => Enum.GetValues<Status>()
        .Where(status => status is not (Status.Ok or Status.NeedMoreData))
        .Select(status => new object[] { status });

    [TestMethod, DynamicData(nameof(EveryFailure))]
    public void Every_failure_of_the_core_has_its_own_error(Status status)
    {
        FirmwareException exception = StatusErrors.ToException(status, "The image app.fwi");

        Assert.AreNotSame(ErrorCode.UnexpectedStatus, exception.Code);
        Assert.DoesNotContain("not given", exception.Message);
        Assert.AreEqual(
            1, Enum.GetValues<Status>().Count(other => StatusErrors.CodeOf(other) == exception.Code), $"{status}");
    }

    [TestMethod]
    [DataRow(Status.Ok)]
    [DataRow(Status.NeedMoreData)]
    [DataRow((Status)0xEE)]
    public void What_is_no_failure_is_named_as_unexpected(Status status)
        => Assert.AreSame(ErrorCode.UnexpectedStatus, StatusErrors.ToException(status, "The upload").Code);

    [TestMethod]
    public void Throws_only_for_a_failure()
    {
        StatusErrors.ThrowUnlessOk(Status.Ok, "The image");
        Assert.AreSame(
            ErrorCode.WrongBoard,
            Assert.ThrowsExactly<FirmwareException>(() => StatusErrors.ThrowUnlessOk(Status.WrongBoard, "x")).Code);
    }
}
