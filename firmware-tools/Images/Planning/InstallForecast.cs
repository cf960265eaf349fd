using Twinbank.Core.Format;
using Twinbank.Core.Slots;
using Twinbank.Images.Containers;

namespace Twinbank.Images.Planning;

/// <summary>
/// What the block installer of a device will do with a container: the same rules as device-agent/Core/Install, counted
/// instead of done. A block that the slot holds already, with an erased buffer behind it, is neither sent nor written.
/// </summary>
public sealed record InstallForecast
{
    /// <summary>Bytes of the container that are sent.</summary>
    public long WireBytes { get; private init; }

    public long ProgrammedBytes { get; private init; }

    public int SectorErases { get; private init; }

    public int BlocksKept { get; private init; }

    /// <summary>True when the content of the slot is not known, so that more may be kept.</summary>
    public bool IsUpperBound { get; private init; }

    /// <summary>Counts it.</summary>
    /// <param name="device">The device with its other slot.</param>
    /// <param name="container">What is sent.</param>
    public static InstallForecast Of(PlanDevice device, ContainerFile container)
    {
        var counts = new Counter(device, container.Manifest);
        long wire = container.Header.PayloadStart;
        for (int block = 0; block < container.Manifest.BlockCount; block++)
        {
            wire += counts.Take(block) ? 0 : container.Carriers.PayloadBytes(block);
        }

        return counts.Total(
            wire, container.ManifestDigest, container.Header.ManifestBytes + container.Header.SignatureAreaBytes);
    }

    /// <summary>What folding the running image into the other slot costs: blocks made on the device itself.</summary>
    /// <param name="device">The device with its other slot.</param>
    /// <param name="running">The running image.</param>
    public static InstallForecast OfCompaction(PlanDevice device, TargetImage running)
    {
        var counts = new Counter(device, running.Manifest);
        for (int block = 0; block < running.Manifest.BlockCount; block++)
        {
            counts.Take(block);
        }

        return counts.Total(
            0, running.ManifestDigest, running.ManifestBytes.Length + running.SignatureArea.Length);
    }

    sealed class Counter(PlanDevice device, Manifest target)
    {
        readonly PlanGeometry _geometry = device.Geometry;
        readonly Manifest? _held = device.OtherSlot?.BlockBytes == target.BlockBytes ? device.OtherSlot : null;
        long _programmedBytes;
        int _erases;
        int _kept;
        bool _isUpperBound = device.OtherSlot is null;
        long _overlayBytesBefore;

        /// <summary>Counts a block; true when the slot holds it.</summary>
        internal bool Take(int block)
        {
            uint dataBytes = target.BlockDataBytes(block);
            bool isBlank = HasBlankBuffer(block);
            if (isBlank && IsHeld(block))
            {
                _kept++;
                return true;
            }

            for (uint offset = 0; offset < target.BlockBytes; offset += _geometry.SectorBytes)
            {
                _erases += offset < dataBytes || !IsBlankFrom(block, offset, isBlank) ? 1 : 0;
            }

            _programmedBytes += _geometry.Padded(dataBytes);
            return false;
        }

        internal InstallForecast Total(long wireBytes, byte[] digest, long tablesBytes)
        {
            // A slot that names this very image already keeps its header, unless its seal has to go before an erase.
            bool hasHeader = _erases == 0 && (device.OtherSlotDigest?.AsSpan().SequenceEqual(digest) ?? false);
            uint head = SlotHeader.ManifestOffsetFor(_geometry.ProgramUnitBytes)
                + SlotSeal.PlaceBytes(_geometry.ProgramUnitBytes);
            return new InstallForecast
            {
                WireBytes = wireBytes,
                ProgrammedBytes = _programmedBytes + (hasHeader ? 0 : head + _geometry.Padded(tablesBytes)),
                SectorErases = _erases + (hasHeader ? 0 : (int)(_geometry.HeaderBytes / _geometry.SectorBytes)),
                BlocksKept = _kept,
                IsUpperBound = _isUpperBound,
            };
        }

        bool IsHeld(int block)
            => _held is not null && block < _held.BlockCount
                && _held.BlockDataBytes(block) == target.BlockDataBytes(block)
                && DigestOf(_held, block).SequenceEqual(DigestOf(target, block));

        // Overlays fill the buffer areas of the slot from the first block on.
        bool HasBlankBuffer(int block)
        {
            if (_held is null || block >= _held.BlockCount)
            {
                return true;
            }

            bool isBlank = device.OtherSlotOverlayBytes <= _overlayBytesBefore;
            _overlayBytesBefore += _held.BlockBytes - _held.BlockDataBytes(block);
            return isBlank;
        }

        bool IsBlankFrom(int block, uint offset, bool hasBlankBuffer)
        {
            if (_held is not null && block < _held.BlockCount)
            {
                return hasBlankBuffer && offset >= _held.BlockDataBytes(block);
            }

            _isUpperBound = true;
            return false;
        }

        static ReadOnlySpan<byte> DigestOf(Manifest manifest, int block)
            => manifest.Source.AsSpan(manifest.BlockDigestSourceOffset(block), Manifest.DigestBytes);
    }
}
