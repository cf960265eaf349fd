using Twinbank.Core.Recipes;

namespace Twinbank.Deltas;

/// <summary>
/// What recipes are made over: the image the device has, ready to be searched, and with a known target the address map
/// that takes the code of the one to the other. Made once per delta, used for every block; safe to share.
/// </summary>
public sealed class RecipeBase
{
    // What an entry of the map costs, in bits, and what it may cost when the map is full.
    const int EntryPrice = 40;
    const int EntryPriceMax = 4000;

    // A map that is less than this part of the recipes is sure to have paid for itself.
    const int MapShare = 8;

    // What a reference that is predicted saves, and a stretch that needs no alignment of its own.
    const int ReferenceWeight = 24;
    const int StretchWeight = 26;

    readonly byte[] _payload;
    readonly BaseIndex _index;
    readonly AddressPrediction? _prediction;
    readonly byte[] _namedTarget = [];

    /// <summary>A base without a map: nothing is predicted, any target may be made from it.</summary>
    public RecipeBase(byte[] payload)
    {
        _payload = payload;
        _index = new BaseIndex(payload);
    }

    RecipeBase(byte[] payload, AddressPrediction prediction)
    {
        _payload = payload;
        _prediction = prediction;
        _index = new BaseIndex(prediction.MovedBase());
        _namedTarget = prediction.NamedTarget();
    }

    /// <summary>The base payload.</summary>
    public ReadOnlySpan<byte> Payload => _payload;

    /// <summary>The address map that decoders of these recipes need; empty when there is none.</summary>
    public byte[] MapBytes => _prediction?.MapBytes ?? [];

    /// <summary>True when recipes of so many bytes in all might be smaller, map included, without a map.</summary>
    public bool MapMayNotPay(int recipeBytes) => MapBytes.Length * MapShare > recipeBytes;

    internal bool HasMap => _prediction != null;

    /// <summary>A base with a map towards one target, or without one where the images have nothing to map.</summary>
    public static RecipeBase Prepare(CodeImage baseImage, CodeImage target)
    {
        ReferenceKind kind = CodeFields.GuessKind(target);
        var baseFields = new CodeFields(baseImage, kind);
        var targetFields = new CodeFields(target, kind);
        List<CodeStretch> stretches = CodeAlignment.Find(
            baseFields.Mask(), targetFields.Mask(), PairSymbols(baseImage, target));
        var fit = new ShiftFit();
        fit.Vote(baseImage.Address, target.Address - baseImage.Address, 1);
        fit.Vote(baseImage.Address + (uint)baseImage.Payload.Length, 0, ReferenceWeight);
        foreach (CodeStretch stretch in stretches)
        {
            VoteFor(fit, baseFields, targetFields, baseImage, target, stretch);
        }

        for (int price = EntryPrice; price < EntryPriceMax; price += price / 4)
        {
            List<ShiftEntry> entries = fit.Solve(price);
            if (entries.TrueForAll(entry => entry.Shift == 0))
            {
                break;
            }

            var prediction = new AddressPrediction(baseImage, target, kind, entries);
            if (prediction.MapBytes.Length <= AddressMap.BytesMax)
            {
                return new RecipeBase(baseImage.Payload, prediction);
            }
        }

        return new RecipeBase(baseImage.Payload);
    }

    internal int Find(ReadOnlySpan<byte> target, int targetOffset, int bytesMin, Span<BasePlace> places)
        => _index.Find(
            _prediction == null ? target : _namedTarget.AsSpan(targetOffset, target.Length), bytesMin, places);

    /// <summary>The byte that a base offset gives at a target offset, or -1 outside the base.</summary>
    internal int Predict(int baseOffset, int targetOffset)
        => (uint)baseOffset >= (uint)_payload.Length ? -1
            : _prediction == null ? _payload[baseOffset]
            : _prediction.Predict(baseOffset, targetOffset);

    internal int ContentAt(int targetOffset) => _prediction!.ContentAt(targetOffset);

    internal int MatchPlain(ReadOnlySpan<byte> wanted, int baseOffset)
        => (uint)baseOffset < (uint)_payload.Length ? wanted.CommonPrefixLength(_payload.AsSpan(baseOffset)) : 0;

    static Dictionary<int, int> PairSymbols(CodeImage baseImage, CodeImage target)
    {
        ILookup<string, CodeSymbol> old = baseImage.Symbols
            .Where(symbol => symbol.Address - baseImage.Address < (uint)baseImage.Payload.Length)
            .ToLookup(symbol => symbol.Name, StringComparer.Ordinal);
        var places = new Dictionary<int, int>();
        foreach (IGrouping<string, CodeSymbol> group in target.Symbols
            .Where(symbol => symbol.Address - target.Address < (uint)target.Payload.Length)
            .GroupBy(symbol => symbol.Name, StringComparer.Ordinal))
        {
            // Static names repeat; the linker keeps their order.
            foreach ((CodeSymbol now, CodeSymbol before) in group.OrderBy(symbol => symbol.Address)
                .Zip(old[group.Key].OrderBy(symbol => symbol.Address)))
            {
                places.TryAdd((int)(now.Address - target.Address), (int)(before.Address - baseImage.Address));
            }
        }

        return places;
    }

    static void VoteFor(
        ShiftFit fit, CodeFields baseFields, CodeFields targetFields, CodeImage baseImage, CodeImage target,
        CodeStretch stretch)
    {
        uint from = baseImage.Address + (uint)stretch.BaseOffset;
        uint to = target.Address + (uint)stretch.TargetOffset;
        fit.Vote(from, to - from, StretchWeight);
        if (((to - from) & 1) != 0)
        {
            return;
        }

        int first = (int)(from & 1);
        for (int i = first; i + CodeFields.FieldBytes <= stretch.Bytes; i += 2)
        {
            int at = stretch.TargetOffset + i;
            int baseAt = stretch.BaseOffset + i;
            if (targetFields.IsBranch(at))
            {
                if (baseFields.IsBranch(baseAt))
                {
                    uint goal = baseFields.Goal(baseAt);
                    fit.Vote(goal, targetFields.Goal(at) - goal, ReferenceWeight);
                }
            }
            else if (baseFields.IsWord(baseAt))
            {
                uint before = baseFields.Word(baseAt);
                uint now = targetFields.Word(at);
                if (before == now || (baseFields.LooksLikeAddress(before) && targetFields.LooksLikeAddress(now)))
                {
                    fit.Vote(before, now - before, ReferenceWeight);
                }
            }
        }
    }
}
