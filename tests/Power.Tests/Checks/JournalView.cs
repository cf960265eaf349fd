using System.Buffers.Binary;
using System.Numerics;
using Twinbank.Power.Tests.Worlds;

namespace Twinbank.Power.Tests.Checks;

/// <summary>
/// The record in force, read by a second reader made from specs/journal.md alone: a sweep must not believe the code it
/// judges.
/// </summary>
/// <param name="Sequence">0 when there is no valid record.</param>
/// <param name="State">1 confirmed, 2 trial.</param>
/// <param name="ActiveSlot">0 A, 1 B, 2 golden.</param>
/// <param name="PreviousSlot">As active, or 255.</param>
/// <param name="BootsLeft">Boots the trial may still start.</param>
/// <param name="Event">Why it was written.</param>
/// <param name="FailureReason">Why the last failed image failed; 0 none.</param>
/// <param name="FailedDigest">First 8 bytes of the failed image's digest.</param>
/// <param name="Half">The half it lies in.</param>
internal readonly record struct JournalView(
    uint Sequence, int State, int ActiveSlot, int PreviousSlot, int BootsLeft, int Event, int FailureReason,
    ulong FailedDigest, int Half)
{
    public const int Confirmed = 1, Trial = 2;
    public const int EventInstallStarted = 2, EventAttempt = 4;

    const uint Magic = 0x4A425754;
    const int RecordBytes = 128, CrcOffset = 124;

    public bool IsTrial => State == Trial;

    /// <summary>Reads the newest valid record of a part.</summary>
    public static JournalView Read(SweepGeometry geometry, ReadOnlySpan<byte> flash)
    {
        JournalView newest = default;
        int placeBytes = (int)Math.Max(RecordBytes, geometry.UnitBytes);
        for (int half = 0; half < 2; half++)
        {
            int start = (int)(geometry.JournalAddress + ((uint)half * geometry.JournalBytes / 2));
            ReadOnlySpan<byte> places = flash.Slice(start, (int)geometry.JournalBytes / 2);
            for (int offset = 0; offset + RecordBytes <= places.Length; offset += placeBytes)
            {
                if (TryParse(places.Slice(offset, RecordBytes), half, out JournalView record)
                    && record.Sequence > newest.Sequence)
                {
                    newest = record;
                }
            }
        }

        return newest;
    }

    /// <summary>Reads one record; false when the bytes are none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, int half, out JournalView record)
    {
        record = default;
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[CrcOffset..]) != Crc32C(bytes[..CrcOffset]))
        {
            return false;
        }

        record = new JournalView(
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]), bytes[9], bytes[10], bytes[11], bytes[16], bytes[19],
            bytes[28], BinaryPrimitives.ReadUInt64LittleEndian(bytes[56..]), half);
        return true;
    }

    static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0xFFFFFFFF;
        while (bytes.Length >= 4)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt32LittleEndian(bytes));
            bytes = bytes[4..];
        }

        return ~crc;
    }
}
