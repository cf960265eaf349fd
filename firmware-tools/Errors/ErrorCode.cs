using System.Globalization;
using System.Runtime.CompilerServices;

namespace Twinbank.Errors;

/// <summary>
/// One kind of error a user can meet: its stable number and everything there is to say about it. The known ones are the
/// static members of this class, in one file per range (ErrorCode.Inputs.cs, ErrorCode.Images.cs, ...).
/// </summary>
/// <remarks>
/// To add one, write one declaration at the end of its group and nothing else; the catalogue, <c>fw explain</c> and
/// docs/errors.md follow. A number is never reused: a retired code keeps its number and gets "Retired" in its name.
/// Detail and remedy name values as <c>{name}</c>, <c>{name:hex}</c> (addresses, offsets, byte strings) or
/// <c>{name:bytes}</c> (sizes); the throwing code gives them to <see cref="FirmwareException"/> by the same names.
/// </remarks>
public sealed partial class ErrorCode
{
    private ErrorCode(
        int number,
        string title,
        string detail,
        string remedy,
        ExitCode exit = ExitCode.Failed,
        bool transient = false,
        [CallerMemberName] string name = "")
    {
        Number = number;
        Name = name;
        Title = title;
        Detail = detail;
        Remedy = remedy;
        Exit = exit;
        IsTransient = transient;
    }

    /// <summary>1xxx inputs and build, 2xxx images, signatures and deltas, 3xxx server, 4xxx links and devices,
    /// 5xxx boards and simulator, 9xxx defects of the tool itself.</summary>
    public int Number { get; }

    /// <summary>The name of the static member, e.g. <c>FileNotFound</c>.</summary>
    public string Name { get; }

    /// <summary>A few words without values and without a full stop.</summary>
    public string Title { get; }

    /// <summary>Sentences that say what was asked and what was found, with named values.</summary>
    public string Detail { get; }

    /// <summary>What the user can do, in the imperative.</summary>
    public string Remedy { get; }

    /// <summary>What <c>fw</c> ends with when this error reaches it.</summary>
    public ExitCode Exit { get; }

    /// <summary>True when the same request can succeed later without any change, so a retry makes sense.</summary>
    public bool IsTransient { get; }

    /// <summary>How users see it: FW and four digits.</summary>
    public string Id => "FW" + Number.ToString("D4", CultureInfo.InvariantCulture);

    public override string ToString() => Id;
}
