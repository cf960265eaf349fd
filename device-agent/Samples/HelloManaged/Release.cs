namespace Twinbank.Samples.HelloManaged;

enum Behaviour
{
    Good,
    /// <summary>Executes an undefined instruction.</summary>
    Fault,
    /// <summary>Stops calling the boot stage.</summary>
    Hang,
    /// <summary>Runs well, but its health check never holds.</summary>
    NeverConfirm,
}

/// <summary>Which release this is; the build adds version and behaviour.</summary>
static partial class Release
{
    /// <summary>The bad releases show their defect after this time, when the boot stage has seen them start.</summary>
    internal const uint DefectAfterMilliseconds = 700;
}
