namespace Twinbank.Cli.Rendering;

/// <summary>Breaks sentences into lines at spaces.</summary>
internal static class TextWrap
{
    /// <summary>
    /// The text in lines of at most <paramref name="width"/> columns. A word that is longer, such as a path, gets a
    /// line of its own and is not broken, so that it can be copied.
    /// </summary>
    public static IEnumerable<string> Lines(string text, int width)
    {
        foreach (string paragraph in text.Split('\n'))
        {
            string line = "";
            foreach (string word in paragraph.Split(' '))
            {
                if (line.Length > 0 && line.Length + 1 + word.Length > width)
                {
                    yield return line;
                    line = word;
                }
                else
                {
                    line = line.Length == 0 ? word : line + " " + word;
                }
            }

            yield return line;
        }
    }
}
