using System.Globalization;

namespace Twinbank.Simulation.Power;

/// <summary>
/// One planned loss of power: at which flash operation, with what effect, from which seed. Its text form
/// (<c>17:prefix:5f</c>) re-creates it exactly.
/// </summary>
/// <param name="Operation">Index of the program or erase operation, from 0, counted from when the cut is
/// planned.</param>
/// <param name="Shape">What the operation leaves behind.</param>
/// <param name="Seed">Decides every random choice inside the shape.</param>
public readonly record struct PowerCut(int Operation, CutShape Shape, uint Seed = 0)
{
    /// <summary>Reads the text form that <see cref="ToString"/> gives. False when the text is something else.</summary>
    public static bool TryParse(string text, out PowerCut cut)
    {
        cut = default;
        string[] parts = text.Split(':');
        if (parts.Length != 3
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int operation)
            || !Enum.TryParse(parts[1], ignoreCase: true, out CutShape shape)
            || !Enum.IsDefined(shape)
            || !uint.TryParse(parts[2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint seed))
        {
            return false;
        }

        cut = new PowerCut(operation, shape, seed);
        return true;
    }

    /// <summary>Operation, shape and seed in hex, such as <c>17:prefix:5f</c>.</summary>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{Operation}:{Shape.ToString().ToLowerInvariant()}:{Seed:x}");
}
