using System.Formats.Cbor;

namespace Twinbank.Flashing.Smp;

/// <summary>Builds the argument map of a request.</summary>
public sealed class SmpArguments
{
    private readonly List<(string Key, Action<CborWriter> Write)> _entries = [];

    /// <summary>The map without entries.</summary>
    public static SmpArguments None { get; } = new();

    public SmpArguments Add(string key, uint value) => Add(key, writer => writer.WriteUInt32(value));

    public SmpArguments Add(string key, string value) => Add(key, writer => writer.WriteTextString(value));

    public SmpArguments Add(string key, bool value) => Add(key, writer => writer.WriteBoolean(value));

    public SmpArguments Add(string key, ReadOnlyMemory<byte> value)
        => Add(key, writer => writer.WriteByteString(value.Span));

    /// <summary>The CBOR bytes.</summary>
    public byte[] Encode()
    {
        var writer = new CborWriter(CborConformanceMode.Strict);
        writer.WriteStartMap(_entries.Count);
        foreach ((string key, Action<CborWriter> write) in _entries)
        {
            writer.WriteTextString(key);
            write(writer);
        }

        writer.WriteEndMap();
        return writer.Encode();
    }

    private SmpArguments Add(string key, Action<CborWriter> write)
    {
        _entries.Add((key, write));
        return this;
    }
}
