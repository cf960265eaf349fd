using Twinbank.Testing;

namespace Twinbank.Crypto.Tests;

/// <summary>Reads tests/Vectors/crypto: blocks of "Name = value" lines between empty lines.</summary>
internal static class VectorFile
{
    public static List<Dictionary<string, string>> Read(string name)
    {
        List<Dictionary<string, string>> blocks = [];
        bool inBlock = false;
        foreach (string line in File.ReadLines(RepositoryRoot.Combine($"tests/Vectors/crypto/{name}")))
        {
            int separator = line.IndexOf('=', StringComparison.Ordinal);
            if (separator < 0 || line.StartsWith('#'))
            {
                inBlock = false;
                continue;
            }

            if (!inBlock)
            {
                blocks.Add([]);
                inBlock = true;
            }

            blocks[^1].Add(line[..separator].Trim(), line[(separator + 1)..].Trim());
        }

        return blocks;
    }
}
