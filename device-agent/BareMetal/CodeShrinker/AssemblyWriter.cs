using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Twinbank.BareMetal.CodeShrinker;

/// <summary>Writes a program as input for the GNU assembler, each function in a section of its own.</summary>
public static class AssemblyWriter
{
    static readonly string[] s_conditions =
        ["eq", "ne", "cs", "cc", "mi", "pl", "vs", "vc", "hi", "ls", "ge", "lt", "gt", "le"];

    /// <summary>The same program always gives the same text.</summary>
    public static string Write(MachineProgram program)
    {
        var text = new StringBuilder("\t.syntax unified\n\t.thumb\n");
        foreach (MachineFunction function in program.Functions)
        {
            WriteFunction(text, function);
        }

        foreach (ElfSection section in program.Source.Sections.Where(section => !section.IsCode))
        {
            WriteData(text, program, section);
        }

        return text.ToString();
    }

    static void WriteFunction(StringBuilder text, MachineFunction function)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n\t.section \".text.{function.Names[0]}\",\"ax\",%progbits\n");
        text.Append(CultureInfo.InvariantCulture, $"\t.balign {(function.IsValue ? 4 : 2)}\n");
        foreach (string name in function.Names)
        {
            text.Append(CultureInfo.InvariantCulture, $"\t.global \"{name}\"\n\t.thumb_func\n");
            text.Append(CultureInfo.InvariantCulture, $"\t.type \"{name}\",%function\n\"{name}\":\n");
        }

        foreach (Instruction instruction in function.Body)
        {
            foreach (int label in instruction.Labels)
            {
                text.Append(function.LabelAt(label)).Append(":\n");
            }

            if (instruction.Kind != InstructionKind.Removed)
            {
                text.Append('\t').Append(TextOf(function, instruction)).Append('\n');
            }
        }

        text.Append("\t.ltorg\n");
        foreach (string name in function.Names)
        {
            text.Append(CultureInfo.InvariantCulture, $"\t.size \"{name}\",.-\"{name}\"\n");
        }
    }

    static string TextOf(MachineFunction function, Instruction instruction) => instruction.Kind switch
    {
        InstructionKind.Branch => $"b {function.LabelAt(instruction.Target)}",
        InstructionKind.ConditionalBranch
            => $"b{s_conditions[instruction.Condition]} {function.LabelAt(instruction.Target)}",
        InstructionKind.ZeroBranch
            => $"cb{(instruction.Condition == 0 ? "" : "n")}z r{instruction.Register}, {function.LabelAt(instruction.Target)}",
        InstructionKind.Call => $"bl {instruction.Symbol}",
        InstructionKind.TailCall => $"b.w {instruction.Symbol}",
        InstructionKind.Address => $"ldr r{instruction.Register}, ={instruction.Symbol}+{(int)instruction.Value}",
        InstructionKind.Constant => $"ldr r{instruction.Register}, =0x{instruction.Value:x8}",
        _ when instruction.IsWide => $".inst.w 0x{instruction.First:x4}{instruction.Second:x4}",
        _ => $".inst.n 0x{instruction.First:x4}",
    };

    static void WriteData(StringBuilder text, MachineProgram program, ElfSection section)
    {
        string kind = section.IsZeros ? "nobits" : "progbits";
        text.Append(CultureInfo.InvariantCulture, $"\n\t.section \"{section.Name}\",\"{section.FlagText}\",%{kind}\n");
        text.Append(CultureInfo.InvariantCulture, $"\t.balign {section.Alignment}\n");
        ElfSymbol[] symbols =
        [
            .. program.Source.Symbols.Where(symbol => symbol.Section == section).OrderBy(symbol => symbol.Offset),
        ];
        int offset = 0;
        for (int i = 0; i < symbols.Length; i++)
        {
            WriteBytes(text, program, section, offset, symbols[i].Offset);
            offset = symbols[i].Offset;
            int end = i + 1 < symbols.Length ? symbols[i + 1].Offset : section.Content.Length;
            string name = MachineProgram.Quote(symbols[i].Name);
            if (symbols[i].IsGlobal)
            {
                text.Append(CultureInfo.InvariantCulture, $"\t.global {name}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"\t.type {name},%object\n\t.size {name},{end - offset}\n{name}:\n");
        }

        WriteBytes(text, program, section, offset, section.Content.Length);
    }

    static void WriteBytes(StringBuilder text, MachineProgram program, ElfSection section, int from, int to)
    {
        if (section.IsZeros)
        {
            text.Append(to > from ? string.Create(CultureInfo.InvariantCulture, $"\t.skip {to - from}\n") : "");
            return;
        }

        for (int i = from; i < to;)
        {
            if (section.Relocations.TryGetValue(i, out Relocation? relocation))
            {
                text.Append("\t.word ").Append(WordText(program, section, i, relocation)).Append('\n');
                i += 4;
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"\t.byte 0x{section.Content[i]:x2}\n");
                i++;
            }
        }
    }

    static string WordText(MachineProgram program, ElfSection section, int offset, Relocation relocation)
    {
        ElfSymbol symbol = relocation.Symbol;
        int added = BinaryPrimitives.ReadInt32LittleEndian(section.Content.AsSpan(offset));
        string name = symbol is { Section.IsCode: true }
            ? program.NameOf(symbol.Section, symbol.Offset)
            : MachineProgram.Quote(symbol.Name);
        return relocation.Type switch
        {
            Relocation.Absolute32 => $"{name}+{added}",
            Relocation.Relative32 => $"{name}+{added}-.",
            _ => throw new InvalidDataException($"{section.Name} has a relocation of type {relocation.Type}."),
        };
    }
}
