namespace Twinbank.Core.Install;

/// <summary>How far an installation is.</summary>
public enum InstallPhase : byte
{
    Idle = 0,

    /// <summary>Collecting the container header.</summary>
    Header = 1,

    /// <summary>Collecting manifest, signatures and carrier table.</summary>
    Tables = 2,

    /// <summary>Writing blocks.</summary>
    Blocks = 3,

    /// <summary>Every block is in the slot and holds; the image may be requested for a trial.</summary>
    Complete = 4,

    /// <summary>
    /// Refused or broken off; <see cref="Installer.LastStatus"/> says why. The active image is untouched.
    /// </summary>
    Failed = 5,
}
