namespace Twinbank.BareMetal.CodeShrinker;

/// <summary>The functions of an object file, and how they refer to each other and to data.</summary>
public sealed class MachineProgram
{
    readonly Dictionary<ElfSection, List<MachineFunction>> _functions = [];
    readonly Dictionary<string, string> _aliases = [];

    MachineProgram(ElfObject source) => Source = source;

    public ElfObject Source { get; }

    public IEnumerable<MachineFunction> Functions => _functions.Values.SelectMany(functions => functions);

    /// <exception cref="InvalidDataException">With what ilc is not known to emit.</exception>
    public static MachineProgram Read(ElfObject source)
    {
        var program = new MachineProgram(source);
        foreach (ElfSection section in source.Sections.Where(section => section.IsCode))
        {
            program._functions.Add(section, [.. program.Split(section)]);
        }

        foreach (MachineFunction function in program.Functions)
        {
            FunctionReader.Read(program, function);
            program.NoteAlias(function);
        }

        program.LabelDataReferences();
        return program;
    }

    /// <summary>Makes every function shorter, with the same effect.</summary>
    public void Shrink()
    {
        foreach (MachineFunction function in Functions)
        {
            foreach (Instruction instruction in function.Body)
            {
                instruction.Symbol = _aliases.GetValueOrDefault(instruction.Symbol, instruction.Symbol);
            }

            CallShortening.Run(function);
            StoreShortening.Run(function);
            FrameShortening.Run(function);
            TailShortening.Run(function);
            BranchShortening.Run(function);
        }

        NoteValues();
    }

    // Virtual methods are called as they stand in their type's table, without a look at the pointer.
    void NoteValues()
    {
        var values = Functions.SelectMany(function => function.Body)
            .Where(instruction => instruction.Kind == InstructionKind.Address)
            .Select(instruction => instruction.Symbol).ToHashSet();
        foreach (ElfSection section in Source.Sections.Where(section => !section.IsCode))
        {
            ElfSymbol[] symbols = [.. Source.Symbols.Where(symbol => symbol.Section == section)];
            values.UnionWith(section.Relocations
                .Where(pair => pair.Value.Symbol.IsFunction && !IsTypeTable(symbols, pair.Key))
                .Select(pair => Quote(pair.Value.Symbol.Name)));
        }

        foreach (MachineFunction function in Functions)
        {
            function.IsValue = function.Names.Any(name => values.Contains(Quote(name)));
        }
    }

    static bool IsTypeTable(ElfSymbol[] symbols, int offset)
        => symbols.Where(symbol => symbol.Offset <= offset).MaxBy(symbol => symbol.Offset)?
            .Name.StartsWith("_ZTV", StringComparison.Ordinal) ?? false;

    /// <summary>How assembly names a place: a symbol, or a label in a function.</summary>
    internal string NameOf(ElfSection section, int offset)
    {
        MachineFunction function = _functions[section].Find(
            function => function.Start <= offset && offset < function.End)
            ?? throw new InvalidDataException($"Nothing is at offset 0x{offset:x} of {section.Name}.");
        if (offset == function.Start)
        {
            return Quote(function.Names[0]);
        }

        Instruction instruction = function.At(offset - function.Start);
        if (!instruction.Labels.Contains(instruction.Offset))
        {
            instruction.Labels.Add(instruction.Offset);
        }

        return function.LabelAt(instruction.Offset);
    }

    internal static string Quote(string name)
        => name.Length > 0
            ? $"\"{name}\""
            : throw new InvalidDataException("The object file refers to a symbol without a name.");

    // Code that is only a jump to another symbol is called by that symbol's name.
    void NoteAlias(MachineFunction function)
    {
        if (function.Body is [{ Kind: InstructionKind.TailCall, Value: 0 } jump])
        {
            foreach (string name in function.Names)
            {
                _aliases.Add(Quote(name), jump.Symbol);
            }
        }
    }

    // Jump tables, for example.
    void LabelDataReferences()
    {
        foreach (ElfSection section in Source.Sections.Where(section => !section.IsCode))
        {
            foreach (Relocation relocation in section.Relocations.Values)
            {
                if (relocation.Symbol is { Section.IsCode: true } symbol)
                {
                    NameOf(symbol.Section, symbol.Offset);
                }
            }
        }
    }

    IEnumerable<MachineFunction> Split(ElfSection section)
    {
        ILookup<int, ElfSymbol> starts = Source.Symbols
            .Where(symbol => symbol.Section == section && symbol.IsFunction)
            .ToLookup(symbol => symbol.Offset);
        int end = 0;
        foreach (IGrouping<int, ElfSymbol> symbols in starts.OrderBy(group => group.Key))
        {
            int start = symbols.Key;
            if (start < end || section.Content.AsSpan(end, start - end).ContainsAnyExcept((byte)0))
            {
                throw new InvalidDataException($"{symbols.First().Name} does not start where the function before ends.");
            }

            end = start + symbols.Max(symbol => symbol.SizeBytes);
            yield return new MachineFunction(section, start, end, [.. symbols.Select(symbol => symbol.Name)]);
        }
    }
}
