using System.Buffers.Binary;
using Twinbank.Core;
using Twinbank.Core.Format;
using Twinbank.Errors;

namespace Twinbank.Images.Containers;

/// <summary>
/// A file that brings devices to one image: a container, or a set of containers that share the target's manifest and
/// differ in the image they start from (device-agent/specs/image.md section 7). Tools take the one that fits and send
/// only that, so devices never see a set.
/// </summary>
public sealed class UpdateFile
{
    /// <summary><c>TWBD</c>.</summary>
    public const uint SetMagic = 0x44425754;

    /// <summary>Enough for the releases that a fleet is spread over; more is a store's task.</summary>
    public const int AlternativeCountMax = 16;

    public const int SetHeaderBytes = 16;
    public const int SetEntryBytes = 8;
    const byte FormatMajor = 1;

    UpdateFile(IReadOnlyList<ContainerFile> alternatives) => Alternatives = alternatives;

    /// <summary>At least one; all have the same manifest and signatures.</summary>
    public IReadOnlyList<ContainerFile> Alternatives { get; }

    /// <summary>Reads a file; FW1xxx when it cannot be read, FW20xx when it is no sound container or set.</summary>
    public static UpdateFile Load(string path)
    {
        var info = new FileInfo(path);
        if (!info.Exists)
        {
            throw new FirmwareException(ErrorCode.FileNotFound, ("path", path));
        }

        if (info.Length > ContainerFile.ContainerBytesMax)
        {
            throw new FirmwareException(ErrorCode.TooLarge, ("subject", path));
        }

        return Parse(path, File.ReadAllBytes(path));
    }

    /// <summary>Checks the bytes of a container or a set. <paramref name="subject"/> names them in errors.</summary>
    public static UpdateFile Parse(string subject, byte[] bytes)
        => IsSet(bytes)
            ? new UpdateFile(ParseSet(subject, bytes))
            : new UpdateFile([ContainerFile.Parse(subject, bytes)]);

    /// <summary>True when the bytes start as a set does.</summary>
    internal static bool IsSet(ReadOnlySpan<byte> bytes)
        => bytes.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == SetMagic;

    /// <summary>
    /// The container for a device that runs the image of this digest: its delta, else a full container, else the first
    /// one, which then says what base it wants.
    /// </summary>
    /// <param name="runningDigest">32 bytes, or null when nothing runs.</param>
    public ContainerFile For(byte[]? runningDigest)
        => Alternatives.FirstOrDefault(file => file.IsDelta && runningDigest is not null
                && file.Header.BaseDigest.AsSpan().SequenceEqual(runningDigest))
            ?? Alternatives.FirstOrDefault(file => !file.IsDelta)
            ?? Alternatives[0];

    /// <summary>Puts containers with one target together.</summary>
    /// <param name="containers">1 to 16 containers, each for another base, all with the same manifest and
    /// signatures.</param>
    public static byte[] WriteSet(IReadOnlyList<byte[]> containers)
    {
        ArgumentOutOfRangeException.ThrowIfZero(containers.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(containers.Count, AlternativeCountMax);
        int start = SetHeaderBytes + (containers.Count * SetEntryBytes);
        byte[] set = new byte[start + containers.Sum(container => container.Length)];
        BinaryPrimitives.WriteUInt32LittleEndian(set, SetMagic);
        set[4] = FormatMajor;
        BinaryPrimitives.WriteUInt16LittleEndian(set.AsSpan(6), (ushort)containers.Count);
        int at = start;
        for (int i = 0; i < containers.Count; i++)
        {
            Span<byte> entry = set.AsSpan(SetHeaderBytes + (i * SetEntryBytes));
            BinaryPrimitives.WriteUInt32LittleEndian(entry, (uint)at);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], (uint)containers[i].Length);
            containers[i].CopyTo(set.AsSpan(at));
            at += containers[i].Length;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(set.AsSpan(12), EntriesCrc(set, containers.Count));
        _ = Parse("the set", set);
        return set;
    }

    static List<ContainerFile> ParseSet(string subject, byte[] bytes)
    {
        if (bytes.Length < SetHeaderBytes)
        {
            throw new FirmwareException(ErrorCode.BadLength, ("subject", subject));
        }

        int count = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(6));
        int at = SetHeaderBytes + (count * SetEntryBytes);
        StatusErrors.ThrowUnlessOk(CheckHeader(bytes, count), subject);
        var alternatives = new List<ContainerFile>();
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = bytes.AsSpan(SetHeaderBytes + (i * SetEntryBytes));
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]);
            if (BinaryPrimitives.ReadUInt32LittleEndian(entry) != (uint)at || length > (uint)(bytes.Length - at))
            {
                throw new FirmwareException(ErrorCode.BadLength, ("subject", subject));
            }

            alternatives.Add(ContainerFile.Parse(subject, bytes[at..(at + (int)length)]));
            at += (int)length;
        }

        StatusErrors.ThrowUnlessOk(at == bytes.Length ? Status.Ok : Status.BadLength, subject);
        StatusErrors.ThrowUnlessOk(
            ShareOneTarget(alternatives) ? Status.Ok : Status.BadField, $"the alternatives of {subject}");
        return alternatives;
    }

    static Status CheckHeader(byte[] bytes, int count)
    {
        if (bytes[4] != FormatMajor)
        {
            return Status.BadVersion;
        }

        if (bytes[5] != 0 || count == 0 || count > AlternativeCountMax
            || bytes.AsSpan(8, 4).ContainsAnyExcept((byte)0))
        {
            return Status.BadField;
        }

        if (bytes.Length < SetHeaderBytes + (count * SetEntryBytes))
        {
            return Status.BadLength;
        }

        return BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(12)) == EntriesCrc(bytes, count)
            ? Status.Ok
            : Status.BadChecksum;
    }

    // One target, one base each: otherwise which one is sent would depend on the order in the file.
    static bool ShareOneTarget(List<ContainerFile> alternatives)
        => alternatives.All(file => file.ManifestBytes.AsSpan().SequenceEqual(alternatives[0].ManifestBytes)
                && file.SignatureAreaBytes.AsSpan().SequenceEqual(alternatives[0].SignatureAreaBytes))
            && alternatives.DistinctBy(file => Convert.ToHexString(file.Header.BaseDigest)).Count()
                == alternatives.Count;

    static uint EntriesCrc(byte[] set, int count)
        => HostCrc32C.Compute([.. set[..12], .. set.AsSpan(SetHeaderBytes, count * SetEntryBytes)]);
}
