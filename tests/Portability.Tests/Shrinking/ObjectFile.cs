using System.Buffers.Binary;
using System.Text;

namespace Twinbank.Portability.Tests.Shrinking;

/// <summary>An object file with one section of Thumb code, made as the ELF specification says.</summary>
sealed class ObjectFile
{
    const int HeaderBytes = 52;
    const int SymbolBytes = 16;
    const int MoveLowRelative = 49;
    const int MoveHighRelative = 50;

    readonly List<byte> _code = [];
    readonly List<byte> _relocations = [];
    readonly List<byte> _symbols = [.. new byte[SymbolBytes]];
    readonly List<byte> _names = [0];
    int _symbolCount = 1;

    /// <summary>Appends a function made of half-words.</summary>
    internal ObjectFile Function(string name, params ushort[] code)
    {
        AddSymbol(name, (uint)_code.Count | 1, (uint)code.Length * 2, 0x12, 1);
        foreach (ushort half in code)
        {
            _code.AddRange([(byte)half, (byte)(half >> 8)]);
        }

        _code.AddRange(new byte[_code.Count % 4]);
        return this;
    }

    /// <summary>The code position that the next half-word will have.</summary>
    internal int Position => _code.Count;

    /// <summary>Names a function elsewhere as what the movw and movt at an offset refer to.</summary>
    internal ObjectFile RefersTo(string name, int offset)
    {
        AddSymbol(name, 0, 0, 0x10, 0);
        AddRelocation(offset, MoveLowRelative);
        AddRelocation(offset + 4, MoveHighRelative);
        return this;
    }

    internal byte[] ToBytes()
    {
        byte[] sectionNames = Encoding.ASCII.GetBytes("\0.text\0.rel\0.symtab\0.strtab\0");
        byte[][] contents = [[], [.. _code], [.. _relocations], [.. _symbols], [.. _names], sectionNames];
        (uint Name, uint Type, uint Flags, uint Link, uint Info)[] headers =
            [(0, 0, 0, 0, 0), (1, 1, 6, 0, 0), (7, 9, 0, 3, 1), (12, 2, 0, 4, 0), (20, 3, 0, 0, 0), (20, 3, 0, 0, 0)];
        var file = new List<byte>(new byte[HeaderBytes]);
        var table = new List<byte>();
        for (int i = 0; i < contents.Length; i++)
        {
            (uint name, uint type, uint flags, uint link, uint info) = headers[i];
            AddWords(
                table, name, type, flags, 0, (uint)file.Count, (uint)contents[i].Length, link, info, 4, 0);
            file.AddRange(contents[i]);
        }

        byte[] bytes = [.. file, .. table];
        Encoding.ASCII.GetBytes("\x7f" + "ELF\x01\x01\x01").CopyTo(bytes, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(16), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(18), 40);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(32), (uint)file.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(48), (ushort)contents.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(50), (ushort)(contents.Length - 1));
        return bytes;
    }

    void AddRelocation(int offset, int type)
        => AddWords(_relocations, (uint)offset, (uint)(_symbolCount - 1) << 8 | (uint)type);

    void AddSymbol(string name, uint value, uint size, byte kind, byte section)
    {
        AddWords(_symbols, (uint)_names.Count, value, size, (uint)(kind | section << 16));
        _names.AddRange([.. Encoding.ASCII.GetBytes(name), 0]);
        _symbolCount++;
    }

    static void AddWords(List<byte> target, params uint[] words)
    {
        byte[] word = new byte[4];
        foreach (uint value in words)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(word, value);
            target.AddRange(word);
        }
    }
}
