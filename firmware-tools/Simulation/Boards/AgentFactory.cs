using Twinbank.Boot;
using Twinbank.Core.Install;

namespace Twinbank.Simulation.Boards;

/// <summary>Makes the agent of one life.</summary>
/// <param name="platform">The board.</param>
/// <param name="storage">Slots, journal, trust.</param>
/// <param name="control">What may be asked about images.</param>
public delegate AgentService AgentFactory(BootPlatform platform, DeviceStorage storage, ImageControl control);
