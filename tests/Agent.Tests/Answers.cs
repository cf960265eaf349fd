using System.Formats.Cbor;

namespace Twinbank.Agent.Tests;

/// <summary>Decodes answers with another CBOR library, in strict mode: no duplicate keys, valid UTF-8, nothing left
/// over.</summary>
internal static class Answers
{
    public static Dictionary<string, object?> Decode(ReadOnlyMemory<byte> bytes)
    {
        var reader = new CborReader(bytes, CborConformanceMode.Strict);
        var map = (Dictionary<string, object?>)Read(reader)!;
        Assert.AreEqual(0, reader.BytesRemaining);
        return map;
    }

    /// <summary>A number in a map.</summary>
    public static uint Number(this Dictionary<string, object?> map, string key) => (uint)map[key]!;

    public static Dictionary<string, object?> Map(this Dictionary<string, object?> map, string key)
        => (Dictionary<string, object?>)map[key]!;

    public static List<object?> List(this Dictionary<string, object?> map, string key) => (List<object?>)map[key]!;

    private static object? Read(CborReader reader)
    {
        switch (reader.PeekState())
        {
            case CborReaderState.StartMap:
                return ReadMap(reader);
            case CborReaderState.StartArray:
                var list = new List<object?>();
                reader.ReadStartArray();
                while (reader.PeekState() != CborReaderState.EndArray)
                {
                    list.Add(Read(reader));
                }

                reader.ReadEndArray();
                return list;
            case CborReaderState.TextString:
                return reader.ReadTextString();
            case CborReaderState.ByteString:
                return Convert.ToHexStringLower(reader.ReadByteString());
            case CborReaderState.Boolean:
                return reader.ReadBoolean();
            default:
                return reader.ReadUInt32();
        }
    }

    private static Dictionary<string, object?> ReadMap(CborReader reader)
    {
        var map = new Dictionary<string, object?>();
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            map.Add(reader.ReadTextString(), Read(reader));
        }

        reader.ReadEndMap();
        return map;
    }
}
