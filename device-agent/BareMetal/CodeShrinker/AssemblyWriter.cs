using System.Globalization;
using System.Text;

namespace Twinbank.BareMetal.CodeShrinker;

/// <summary>
/// Writes a program as input for the GNU assembler, each function in a section of its own, so that the linker can drop
/// what nothing refers to.
/// </summary>
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
            new DataWriter(program, section, text).Write();
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
}
