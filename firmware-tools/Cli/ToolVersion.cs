using System.Reflection;

namespace Twinbank.Cli;

/// <summary>The version of this build.</summary>
internal static class ToolVersion
{
    /// <summary>Such as "0.1.0", or "0.1.0+3f2a91c" when the build knows its commit.</summary>
    public static string Text { get; } = Shorten(
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);

    static string Shorten(string version)
    {
        const int commitDigits = 10;
        int plus = version.IndexOf('+');
        return plus < 0 ? version : version[..Math.Min(version.Length, plus + 1 + commitDigits)];
    }
}
