namespace Twinbank.Layout.Inputs;

/// <summary>
/// Counts how many places hold the address of each global function, and notices objects that were compiled without a
/// section per function.
/// </summary>
sealed class ReferenceCounter
{
    /// <summary>A section with this many functions was not made by -ffunction-sections.</summary>
    const int FunctionCountMax = 3;

    const int NamesShownMax = 5;

    readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    readonly SortedSet<string> _unsplit = new(StringComparer.Ordinal);

    /// <summary>At most one sentence: the objects whose functions move together.</summary>
    internal IEnumerable<string> Warnings
    {
        get
        {
            if (_unsplit.Count > 0)
            {
                string names = string.Join(", ", _unsplit.Take(NamesShownMax));
                string more = _unsplit.Count > NamesShownMax ? $" and {_unsplit.Count - NamesShownMax} more" : "";
                yield return $"{names}{more}: several functions share one section, so that one which grows moves the "
                    + "others; compile with -ffunction-sections -fdata-sections";
            }
        }
    }

    internal void Add(Piece piece, ElfObject file, ElfSection[] sections)
    {
        foreach (ElfSection section in sections)
        {
            foreach ((_, _, int symbol, _) in file.Relocations(section))
            {
                if (symbol < file.Symbols.Count && file.Symbols[symbol] is { IsGlobal: true } target)
                {
                    _counts[target.Name] = _counts.GetValueOrDefault(target.Name) + 1;
                }
            }

            if (piece.Kind == PieceKind.Code && piece.Member.Length == 0 && IsUnsplit(file, section))
            {
                _unsplit.Add(piece.File);
            }
        }
    }

    /// <summary>Places that hold the address of the piece's entry.</summary>
    internal int To(Piece piece)
        => piece.EntrySymbol.Length == 0 ? 0 : _counts.GetValueOrDefault(piece.EntrySymbol);

    static bool IsUnsplit(ElfObject file, ElfSection section)
        => file.Symbols.Where(symbol => symbol.IsFunction && symbol.SectionIndex == section.Index)
            .Select(symbol => symbol.Value).Distinct().Take(FunctionCountMax).Count() == FunctionCountMax;
}
