using Twinbank.Boards;
using Twinbank.Simulation.Flash;

namespace Twinbank.Simulation.Tests.Flash;

/// <summary>Small parts that the tests of this folder share.</summary>
internal static class Parts
{
    /// <summary>Four sectors of 64 bytes, byte-programmable.</summary>
    internal static NorGeometry Plain { get; } = new("plain", 1, false, new SectorGroup(64, 4));

    /// <summary>Four sectors of 64 bytes, 8-byte units that take one program.</summary>
    internal static NorGeometry Ecc { get; } = new("ecc", 8, true, new SectorGroup(64, 4));

    /// <summary>Two sectors of 32 bytes, then one of 128, unit 4.</summary>
    internal static NorGeometry Mixed { get; } =
        new("mixed", 4, false, new SectorGroup(32, 2), new SectorGroup(128, 1));

    internal static byte[] Filled(int count, byte value)
    {
        byte[] bytes = new byte[count];
        Array.Fill(bytes, value);
        return bytes;
    }
}
