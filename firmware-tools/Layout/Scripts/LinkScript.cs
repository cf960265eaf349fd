using Twinbank.Errors;

namespace Twinbank.Layout.Scripts;

/// <summary>
/// As much of a GNU ld script as is needed to find its output sections: comments, strings and braces are understood,
/// expressions are not.
/// </summary>
sealed class LinkScript
{
    static readonly string[] s_notInputSections =
        ["PROVIDE", "PROVIDE_HIDDEN", "HIDDEN", "ASSERT", "BYTE", "SHORT", "LONG", "QUAD", "SQUAD", "FILL", "INCLUDE"];

    readonly List<ScriptSection> _sections = [];
    readonly string _source;

    LinkScript(string text, string source)
    {
        Text = text;
        _source = source;
        Blank = BlankComments(text);
    }

    internal string Text { get; }

    /// <summary>The text with comments and strings blanked, at the same offsets.</summary>
    string Blank { get; }

    internal IReadOnlyList<ScriptSection> Sections => _sections;

    /// <summary>Behind the brace that opens SECTIONS.</summary>
    internal int SectionsStart { get; private set; }

    /// <summary>Before the brace that closes PHDRS; -1 when the script has none.</summary>
    internal int HeadersEnd { get; private set; } = -1;

    /// <exception cref="FirmwareException">BadLinkerScript: braces that do not match, or no SECTIONS.</exception>
    internal static LinkScript Parse(string text, string source)
    {
        var script = new LinkScript(text, source);
        script.FindBlocks();
        return script;
    }

    internal ScriptSection Find(string name)
        => _sections.Find(section => section.Name == name) ?? throw Bad($"it has no output section {name}");

    /// <summary>
    /// Where the first statement stands in a body that places sections which are laid out (.text, .rodata, .data, .bss,
    /// COMMON); the end of the body when none does. What is before, such as a vector table, stays before.
    /// </summary>
    internal int FirstPlaceable(ScriptSection section)
    {
        int at = section.BodyStart;
        while (at < section.BodyEnd)
        {
            at = SkipSpace(at);
            int end = StatementEnd(at, section.BodyEnd);
            string statement = Blank[at..end];
            string word = new([.. statement.TakeWhile(c => char.IsAsciiLetter(c) || c == '_')]);
            bool isInput = statement.Contains('(') && !s_notInputSections.Contains(word)
                && !statement.Contains('=');
            if (isInput && HoldsPlaceable(statement))
            {
                return at;
            }

            at = end;
        }

        return section.BodyEnd;
    }

    static bool HoldsPlaceable(string statement)
        => new[] { ".text", ".rodata", ".data", ".bss", ".sdata", ".sbss", ".srodata", "COMMON" }
            .Any(name => statement.Contains(name, StringComparison.Ordinal));

    internal FirmwareException Bad(string problem)
        => new(ErrorCode.BadLinkerScript, ("path", _source), ("problem", problem));

    void FindBlocks()
    {
        int depth = 0;
        for (int i = 0; i < Blank.Length; i++)
        {
            if (Blank[i] == '{')
            {
                string word = WordBefore(i);
                int close = depth == 0 ? Matching(i) : -1;
                if (depth == 0 && word == "PHDRS")
                {
                    HeadersEnd = close;
                }
                else if (depth == 0 && word == "SECTIONS")
                {
                    SectionsStart = SectionsStart == 0 ? i + 1 : SectionsStart;
                    ReadSections(i + 1, close);
                }

                depth++;
            }
            else if (Blank[i] == '}')
            {
                depth--;
            }
        }

        if (SectionsStart == 0)
        {
            throw Bad("it has no SECTIONS block");
        }
    }

    /// <summary>Statements of SECTIONS: either something up to a semicolon, or an output section with a body.</summary>
    void ReadSections(int start, int end)
    {
        for (int at = SkipSpace(start); at < end; at = SkipSpace(at))
        {
            int brace = Blank.IndexOf('{', at, end - at);
            int semicolon = Blank.IndexOf(';', at, end - at);
            string word = WordAt(at);
            if (word == "ASSERT")
            {
                at = Matching(Blank.IndexOf('(', at, end - at)) + 1;
                at = at < end && Blank[at] == ';' ? at + 1 : at;
            }
            else if (word == "INCLUDE")
            {
                int line = Blank.IndexOf('\n', at, end - at);
                at = line < 0 ? end : line;
            }
            else if (brace < 0 || (semicolon >= 0 && semicolon < brace))
            {
                at = semicolon < 0 ? end : semicolon + 1;
            }
            else
            {
                int close = Matching(brace);
                int after = TrailerEnd(close + 1, end);
                _sections.Add(new ScriptSection(word, at, brace + 1, close, after));
                at = after;
            }
        }
    }

    /// <summary>Behind `> REGION AT> REGION :header =fill` and an optional comma.</summary>
    int TrailerEnd(int at, int end)
    {
        while (true)
        {
            int next = SkipSpace(at);
            if (next >= end)
            {
                return at;
            }

            bool isAt = next + 2 < end && Blank.AsSpan(next).StartsWith("AT") && Blank[SkipSpace(next + 2)] == '>';
            if (isAt)
            {
                next = SkipSpace(next + 2);
            }

            if (Blank[next] is not ('>' or ':' or '=' or ','))
            {
                return at;
            }

            next = Blank[next] == ',' ? next + 1 : WordEnd(SkipSpace(next + 1));
            at = next;
        }
    }

    int StatementEnd(int at, int end)
    {
        int depth = 0;
        bool isAssignment = false;
        for (int i = at; i < end; i++)
        {
            depth += Blank[i] == '(' ? 1 : Blank[i] == ')' ? -1 : 0;
            isAssignment |= Blank[i] == '=';
            if (depth == 0 && (Blank[i] == ';' || (Blank[i] == ')' && !isAssignment)))
            {
                return i + 1;
            }
        }

        return end;
    }

    int Matching(int open)
    {
        char opening = open < 0 ? '\0' : Blank[open];
        char closing = opening == '{' ? '}' : ')';
        int depth = 0;
        for (int i = Math.Max(open, 0); i < Blank.Length && open >= 0; i++)
        {
            depth += Blank[i] == opening ? 1 : Blank[i] == closing ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        throw Bad($"the {(opening == '(' ? "bracket" : "brace")} at character {open} has no counterpart");
    }

    string WordBefore(int at)
    {
        int end = at;
        while (end > 0 && char.IsWhiteSpace(Blank[end - 1]))
        {
            end--;
        }

        int start = end;
        while (start > 0 && (char.IsAsciiLetterOrDigit(Blank[start - 1]) || Blank[start - 1] == '_'))
        {
            start--;
        }

        return Blank[start..end];
    }

    string WordAt(int at) => Text[at..WordEnd(at)];

    int WordEnd(int at)
    {
        const string ends = ":{}(;,";
        while (at < Blank.Length && !char.IsWhiteSpace(Blank[at]) && !ends.Contains(Blank[at]))
        {
            at++;
        }

        return at;
    }

    int SkipSpace(int at)
    {
        while (at < Blank.Length && char.IsWhiteSpace(Blank[at]))
        {
            at++;
        }

        return at;
    }

    static string BlankComments(string text)
    {
        char[] letters = text.ToCharArray();
        for (int i = 0; i < letters.Length; i++)
        {
            bool isComment = letters[i] == '/' && i + 1 < letters.Length && letters[i + 1] == '*';
            if (!isComment && letters[i] != '"')
            {
                continue;
            }

            int end = isComment
                ? text.IndexOf("*/", i + 2, StringComparison.Ordinal) is >= 0 and int close ? close + 2 : text.Length
                : text.IndexOf('"', i + 1) is >= 0 and int quote ? quote + 1 : text.Length;
            for (; i < end; i++)
            {
                letters[i] = letters[i] == '\n' ? '\n' : isComment ? ' ' : '"';
            }

            i--;
        }

        return new string(letters);
    }
}
