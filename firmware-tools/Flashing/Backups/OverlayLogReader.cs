using Twinbank.Core.Checks;
using Twinbank.Core.Format;
using Twinbank.Core.Overlays;
using Twinbank.Errors;
using Twinbank.Flashing.Devices;
using Twinbank.Images.Containers;
using Twinbank.Images.Planning;

namespace Twinbank.Flashing.Backups;

/// <summary>
/// Reads the overlays of a slot over the link: the containers that lie in the buffer areas of its blocks
/// (specs/overlay.md section 1).
/// </summary>
internal sealed class OverlayLogReader
{
    private readonly SlotReader _reader;
    private readonly DeviceGeometry _geometry;
    private readonly Manifest _ground;
    private readonly uint _step;

    /// <param name="reader">Reads the slot.</param>
    /// <param name="geometry">Shape of the slots.</param>
    /// <param name="ground">Manifest of generation 0.</param>
    public OverlayLogReader(SlotReader reader, DeviceGeometry geometry, Manifest ground)
    {
        _reader = reader;
        _geometry = geometry;
        _ground = ground;
        _step = OverlaySpace.StepBytes(geometry.ProgramUnitBytes);
    }

    /// <summary>The containers of all generations above 0, ascending.</summary>
    /// <exception cref="FirmwareException">FW20xx for a container that is damaged, or what happened to the
    /// link.</exception>
    public async Task<IReadOnlyList<ContainerFile>> ReadAsync(CancellationToken cancellation)
    {
        var containers = new List<ContainerFile>();
        var head = new OverlayHead();
        long total = OverlaySpace.OfFresh(_ground, _geometry.ProgramUnitBytes).TotalBytes;
        long position = 0;
        while (total - position >= _step)
        {
            byte[] bytes = await ReadLogAsync(position, (int)_step, cancellation).ConfigureAwait(false);
            bytes.AsSpan(0, OverlayHead.HalfBytes).CopyTo(head.Buffer);
            bytes.AsSpan((int)_step / 2, OverlayHead.HalfBytes).CopyTo(head.Buffer.AsSpan(OverlayHead.HalfBytes));
            if (head.IsErased)
            {
                break;
            }

            // Half a head that was cut: the next record is behind it.
            if (!head.IsOpen)
            {
                position += _step;
                continue;
            }

            long record = OverlaySpace.RecordBytes(_geometry.ProgramUnitBytes, head.ContainerBytes);
            if (record > total - position || (head.IsCommitted && head.Generation != containers.Count + 1))
            {
                break;
            }

            if (head.IsCommitted)
            {
                containers.Add(await ReadContainerAsync(position, head, cancellation).ConfigureAwait(false));
            }

            position += record;
        }

        return containers;
    }

    private async Task<ContainerFile> ReadContainerAsync(
        long position, OverlayHead head, CancellationToken cancellation)
    {
        string subject = $"Generation {head.Generation}";
        uint crc = head.ContainerCrc;
        byte[] bytes = await ReadLogAsync(position + _step, (int)head.ContainerBytes, cancellation)
            .ConfigureAwait(false);
        return Crc32C.Compute(bytes, 0, bytes.Length) == crc
            ? ContainerFile.Parse(subject, bytes)
            : throw new FirmwareException(ErrorCode.BadChecksum, ("subject", subject));
    }

    private async Task<byte[]> ReadLogAsync(long position, int count, CancellationToken cancellation)
    {
        byte[] bytes = new byte[count];
        int done = 0;
        long areaPosition = 0;
        for (int block = 0; block < _ground.BlockCount && done < count; block++)
        {
            uint areaStart = Math.Min(
                (_ground.BlockDataBytes(block) + _step - 1) / _step * _step, _ground.BlockBytes);
            uint areaBytes = _ground.BlockBytes - areaStart;
            long within = position + done - areaPosition;
            if (within < areaBytes)
            {
                int piece = (int)Math.Min(areaBytes - within, count - done);
                uint offset = _geometry.HeaderBytes + ((uint)block * _ground.BlockBytes) + areaStart + (uint)within;
                (await _reader.ReadAsync(offset, piece, null, cancellation).ConfigureAwait(false))
                    .CopyTo(bytes, done);
                done += piece;
            }

            areaPosition += areaBytes;
        }

        return bytes;
    }
}
