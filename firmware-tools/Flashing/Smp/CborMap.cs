using System.Formats.Cbor;
using Twinbank.Errors;

namespace Twinbank.Flashing.Smp;

/// <summary>
/// A decoded CBOR map with text keys, read with the framework's own reader: the device's code and this one cannot share
/// a mistake. Asking for a key gives the value or a clear error.
/// </summary>
public sealed class CborMap
{
    private const int DepthMax = 8;

    private readonly string _request;
    private readonly Dictionary<string, object?> _entries;

    private CborMap(string request, Dictionary<string, object?> entries)
    {
        _request = request;
        _entries = entries;
    }

    public IEnumerable<string> Keys => _entries.Keys;

    /// <summary>Decodes one map. <paramref name="request"/> names in errors what was asked.</summary>
    /// <exception cref="FirmwareException">BadAnswer when the bytes are no CBOR map.</exception>
    public static CborMap Decode(string request, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var reader = new CborReader(bytes, CborConformanceMode.Lax);
            return ReadMap(request, reader, 0);
        }
        catch (Exception exception) when (exception is CborContentException or InvalidOperationException
            or OverflowException)
        {
            throw new FirmwareException(
                ErrorCode.BadAnswer, exception, ("request", request), ("problem", "it is no CBOR map"));
        }
    }

    public bool Has(string key) => _entries.TryGetValue(key, out object? value) && value is not null;

    /// <exception cref="FirmwareException">BadAnswer when it is missing, of another type, or over 32 bits.</exception>
    public uint Unsigned(string key)
        => Value<ulong>(key) is <= uint.MaxValue and ulong value ? (uint)value : throw Bad($"'{key}' is over 32 bits");

    public uint Unsigned(string key, uint whenAbsent) => Has(key) ? Unsigned(key) : whenAbsent;

    /// <summary>A size that others are divided by: between 1 and a maximum.</summary>
    /// <exception cref="FirmwareException">As <see cref="Unsigned(string)"/>; BadAnswer outside that range.</exception>
    public uint Size(string key, uint max = int.MaxValue)
        => Unsigned(key) is uint size && size > 0 && size <= max ? size : throw Bad($"'{key}' is not from 1 to {max}");

    public string Text(string key) => Value<string>(key);

    public byte[] Bytes(string key) => Value<byte[]>(key);

    public bool Boolean(string key, bool whenAbsent = false) => Has(key) ? Value<bool>(key) : whenAbsent;

    public CborMap Map(string key) => Value<CborMap>(key);

    /// <summary>The maps in an array.</summary>
    public IReadOnlyList<CborMap> Maps(string key)
        => [.. Value<List<object?>>(key).Select(item => item as CborMap ?? throw Bad($"'{key}' holds no maps"))];

    private T Value<T>(string key)
    {
        if (!Has(key))
        {
            throw Bad($"'{key}' is missing");
        }

        return _entries[key] is T value ? value : throw Bad($"'{key}' is of another type");
    }

    private FirmwareException Bad(string problem)
        => new(ErrorCode.BadAnswer, ("request", _request), ("problem", problem));

    private static CborMap ReadMap(string request, CborReader reader, int depth)
    {
        var entries = new Dictionary<string, object?>(StringComparer.Ordinal);
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            if (reader.PeekState() is CborReaderState.TextString or CborReaderState.StartIndefiniteLengthTextString)
            {
                entries[reader.ReadTextString()] = ReadValue(request, reader, depth);
            }
            else
            {
                reader.SkipValue();
                reader.SkipValue();
            }
        }

        reader.ReadEndMap();
        return new CborMap(request, entries);
    }

    private static object? ReadValue(string request, CborReader reader, int depth)
    {
        if (depth == DepthMax)
        {
            throw new CborContentException("nested too deep");
        }

        switch (reader.PeekState())
        {
            case CborReaderState.UnsignedInteger:
                return reader.ReadUInt64();
            case CborReaderState.TextString or CborReaderState.StartIndefiniteLengthTextString:
                return reader.ReadTextString();
            case CborReaderState.ByteString or CborReaderState.StartIndefiniteLengthByteString:
                return reader.ReadByteString();
            case CborReaderState.Boolean:
                return reader.ReadBoolean();
            case CborReaderState.StartMap:
                return ReadMap(request, reader, depth + 1);
            case CborReaderState.StartArray:
                return ReadArray(request, reader, depth + 1);
            default:
                reader.SkipValue();
                return null;
        }
    }

    private static List<object?> ReadArray(string request, CborReader reader, int depth)
    {
        var items = new List<object?>();
        reader.ReadStartArray();
        while (reader.PeekState() != CborReaderState.EndArray)
        {
            items.Add(ReadValue(request, reader, depth));
        }

        reader.ReadEndArray();
        return items;
    }
}
