using Twinbank.Core;
using Twinbank.Core.Format;
using Twinbank.Core.Slots;

namespace Twinbank.Boot;

/// <summary>The blocks of an image, read through the addresses it will run at.</summary>
sealed class MappedBlocks : BlockReader
{
    readonly BootPlatform _platform;
    Manifest? _manifest;

    internal MappedBlocks(BootPlatform platform) => _platform = platform;

    internal void Use(Manifest manifest) => _manifest = manifest;

    public override Status ReadBlock(int block, uint offset, byte[] buffer, int bufferOffset, int count)
        => _platform.ReadMapped(
            _manifest!.VirtualBase + _manifest.BlockVirtualStart(block) + offset, buffer, bufferOffset, count);
}
