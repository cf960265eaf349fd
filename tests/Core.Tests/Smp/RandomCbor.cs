using System.Formats.Cbor;

namespace Twinbank.Core.Tests.Smp;

/// <summary>Random values of every kind, written by the encoder of the framework.</summary>
internal static class RandomCbor
{
    public static void WriteValue(CborWriter writer, Random random, int depth)
    {
        switch (random.Next(depth < 6 ? 12 : 9))
        {
            case 0:
                writer.WriteUInt64((ulong)random.NextInt64());
                break;
            case 1:
                writer.WriteInt64(-random.NextInt64(1L << random.Next(1, 60)));
                break;
            case 2:
                WriteBytes(writer, random);
                break;
            case 3:
                WriteText(writer, random);
                break;
            case 4:
                writer.WriteBoolean(random.Next(2) == 0);
                break;
            case 5:
                writer.WriteNull();
                break;
            case 6:
                writer.WriteDouble(random.NextDouble());
                break;
            case 7:
                writer.WriteSimpleValue((CborSimpleValue)random.Next(32, 256));
                break;
            case 8:
                writer.WriteTag((CborTag)random.Next(40000, 60000));
                writer.WriteUInt32((uint)random.Next(100));
                break;
            case 9:
                WriteArray(writer, random, depth);
                break;
            default:
                WriteMap(writer, random, depth);
                break;
        }
    }

    private static void WriteArray(CborWriter writer, Random random, int depth)
    {
        int count = random.Next(5);
        writer.WriteStartArray(random.Next(2) == 0 ? count : null);
        for (int i = 0; i < count; i++)
        {
            WriteValue(writer, random, depth + 1);
        }

        writer.WriteEndArray();
    }

    private static void WriteMap(CborWriter writer, Random random, int depth)
    {
        int count = random.Next(5);
        writer.WriteStartMap(random.Next(2) == 0 ? count : null);
        for (int i = 0; i < count; i++)
        {
            writer.WriteTextString("key" + i);
            WriteValue(writer, random, depth + 1);
        }

        writer.WriteEndMap();
    }

    private static void WriteBytes(CborWriter writer, Random random)
    {
        byte[] bytes = new byte[random.Next(40)];
        random.NextBytes(bytes);
        if (random.Next(2) == 0)
        {
            writer.WriteByteString(bytes);
            return;
        }

        writer.WriteStartIndefiniteLengthByteString();
        writer.WriteByteString(bytes);
        writer.WriteByteString(bytes);
        writer.WriteEndIndefiniteLengthByteString();
    }

    private static void WriteText(CborWriter writer, Random random)
    {
        string text = new('x', random.Next(30));
        if (random.Next(2) == 0)
        {
            writer.WriteTextString(text);
            return;
        }

        writer.WriteStartIndefiniteLengthTextString();
        writer.WriteTextString(text);
        writer.WriteEndIndefiniteLengthTextString();
    }
}
