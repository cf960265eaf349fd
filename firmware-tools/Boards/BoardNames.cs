namespace Twinbank.Boards;

/// <summary>
/// The words of board files for the members of enumerations: the member's name with a small first letter.
/// </summary>
public static class BoardNames
{
    /// <summary>The word for the member, for example <c>slotA</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum
    {
        string name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <summary>The member for the word; false when there is none.</summary>
    public static bool TryParse<T>(string word, out T value)
        where T : struct, Enum
    {
        foreach (T candidate in Enum.GetValues<T>())
        {
            if (Of(candidate) == word)
            {
                value = candidate;
                return true;
            }
        }

        value = default;
        return false;
    }
}
