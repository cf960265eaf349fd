using Twinbank.Core;

namespace Twinbank.Boot;

/// <summary>
/// What the platform calls when the running application calls a boot service. The boot stage implements it; everything
/// runs on the boot stage's own stack and must not allocate.
/// </summary>
public abstract class BootServices
{
    /// <summary>Serves the serial link, feeds the watchdog, ends an overdue trial. Called often.</summary>
    public abstract Status Poll();

    /// <summary>Makes the running image the confirmed one.</summary>
    public abstract Status Confirm();
}
