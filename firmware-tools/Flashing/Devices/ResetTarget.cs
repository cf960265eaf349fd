using System.Globalization;
using Twinbank.Errors;
using Twinbank.Flashing.Smp;

namespace Twinbank.Flashing.Devices;

/// <summary>Which image a device is to go to: by its part in the history, or a generation of a slot.</summary>
public sealed record ResetTarget
{
    private ResetTarget(string name)
    {
        Name = name;
    }

    /// <summary>The confirmed one; a trial ends.</summary>
    public static ResetTarget Current { get; } = new("current");

    /// <summary>The one before it.</summary>
    public static ResetTarget Previous { get; } = new("previous");

    /// <summary>The one that updates never touch.</summary>
    public static ResetTarget Golden { get; } = new("golden");

    /// <summary>As people write it: "previous", "A.1".</summary>
    public string Name { get; }

    /// <summary>0 A, 1 B; null for a part in the history.</summary>
    public int? Slot { get; private init; }

    /// <summary>Generation in the slot: 0 is the image as installed.</summary>
    public int Generation { get; private init; }

    /// <summary>A generation of a slot.</summary>
    public static ResetTarget Of(int slot, int generation)
        => new(string.Create(CultureInfo.InvariantCulture, $"{SlotImage.NameOf(slot)}.{generation}"))
        {
            Slot = slot,
            Generation = generation,
        };

    /// <summary>Reads current, previous, golden, A, B, or A.1 for generation 1 in slot A.</summary>
    /// <exception cref="FirmwareException">BadArgument with what it can be.</exception>
    public static ResetTarget Parse(string text)
    {
        string word = text.ToLowerInvariant();
        if (new[] { Current, Previous, Golden }.FirstOrDefault(target => target.Name == word) is { } known)
        {
            return known;
        }

        int slot = word is ['a', ..] ? 0 : 1;
        int generation = 0;
        bool isSlot = word is ['a' or 'b'] || (word is ['a' or 'b', '.', ..]
            && int.TryParse(word[2..], NumberStyles.None, CultureInfo.InvariantCulture, out generation)
            && generation <= ushort.MaxValue);
        return isSlot
            ? Of(slot, generation)
            : throw new FirmwareException(
                ErrorCode.BadArgument, ("argument", "the image"), ("value", text),
                ("reason", "it is current, previous, golden, A, B, or a generation such as A.1"));
    }

    internal SmpArguments Arguments()
        => Slot is { } slot
            ? new SmpArguments().Add("slot", (uint)slot).Add("generation", (uint)Generation)
            : new SmpArguments().Add("to", Name);
}
