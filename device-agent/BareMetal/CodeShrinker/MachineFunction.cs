namespace Twinbank.BareMetal.CodeShrinker;

/// <summary>One compiled function.</summary>
public sealed class MachineFunction
{
    internal MachineFunction(ElfSection section, int start, int end, IReadOnlyList<string> names)
    {
        Section = section;
        Start = start;
        End = end;
        Names = names;
    }

    public ElfSection Section { get; }

    /// <summary>In the section.</summary>
    public int Start { get; }

    public int End { get; }

    /// <summary>The first is the method's, others are names it is exported by.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>
    /// Its address is a value of the program. Calls through such values tell ilc's kinds of pointers apart by bit 1.
    /// </summary>
    internal bool IsValue { get; set; }

    public List<Instruction> Body { get; private set; } = [];

    /// <summary>Label for a place in the function, as assembly.</summary>
    internal string LabelAt(int offset) => $".L{Section.Name.Trim('.', '_')}{Start + offset:x}";

    /// <summary>The instruction that is at an offset of the compiled function.</summary>
    internal Instruction At(int offset)
        => Body.Find(instruction => instruction.Offset == offset)
            ?? throw new InvalidDataException($"{Names[0]}: no instruction starts at offset 0x{offset:x}.");

    internal void SetBody(List<Instruction> body) => Body = body;

    /// <summary>Drops what was removed.</summary>
    internal void Compact()
    {
        for (int i = 0; i + 1 < Body.Count; i++)
        {
            if (Body[i].Kind == InstructionKind.Removed)
            {
                Body[i + 1].Labels.AddRange(Body[i].Labels);
                Body[i].Labels.Clear();
            }
        }

        Body.RemoveAll(instruction => instruction.Kind == InstructionKind.Removed && !instruction.IsTarget);
    }
}
