using System.Globalization;
using System.Text.Json;
using Twinbank.Core.Format;
using Twinbank.Core.Trust;

namespace Twinbank.Boards;

/// <summary>Turns JSON that satisfies the schema into values. What the schema promises is not checked again.</summary>
static class BoardReader
{
    internal static Chip ReadChip(JsonElement json) => new()
    {
        Id = Text(json, "id"),
        Name = Text(json, "name"),
        Description = Text(json, "description"),
        Core = Text(json, "core"),
        Ram = json.TryGetProperty("ram", out JsonElement ram)
            ? ram.EnumerateObject().ToDictionary(member => member.Name, member => ReadRange(member.Value))
            : new Dictionary<string, MemoryRange>(),
        Flash = List(json, "flash", ReadBank),
        Translations = List(json, "translations", ReadTranslation),
    };

    /// <summary>The board; its regions and translation may still break rules.</summary>
    internal static Board ReadBoard(JsonElement json, Chip chip, string path)
    {
        IReadOnlyList<FlashBank> banks = [.. chip.Flash, .. List(json, "flash", ReadBank)];
        IReadOnlyList<Region> regions =
        [
            .. List(json, "regions", region => ReadRegion(region, banks, path))
                .OrderBy(region => banks.TakeWhile(bank => bank != region.Bank).Count())
                .ThenBy(region => region.StartAddress),
        ];
        JsonElement application = json.GetProperty("application");
        return new Board
        {
            Id = Text(json, "id"),
            Name = Text(json, "name"),
            Description = Text(json, "description"),
            Source = path,
            Chip = chip,
            Revisions = List(json, "revisions", ReadRevision),
            Banks = banks,
            Regions = regions,
            Slots = ReadSlots(json.GetProperty("slots"), regions),
            Translation = ChooseTranslation(Word<Translation>(json, "translation"), chip),
            VirtualBase = Number(application, "virtualBase"),
            VirtualBytes = Number(application, "virtualBytes"),
            LoadArea = OptionalRange(application, "loadArea"),
            ApplicationRam = OptionalRange(application, "ram"),
            BootRam = OptionalRange(json, "bootRam"),
            Payloads = List(application, "payloads", item => ParseWord<PayloadKind>(item.GetString()!)),
            Trial = ReadTrial(json.GetProperty("trial")),
            Links = List(json, "links", ReadLink),
            Variants = List(json, "variants", ReadVariant),
        };
    }

    static FlashBank ReadBank(JsonElement json) => new()
    {
        Id = Text(json, "id"),
        Kind = Word<FlashKind>(json, "kind"),
        Part = Text(json, "part"),
        JedecId = Text(json, "jedecId"),
        BusAddress = json.TryGetProperty("busAddress", out _) ? Number(json, "busAddress") : null,
        SizeBytes = Number(json, "sizeBytes"),
        SectorGroups = List(json, "sectors", ReadSectors),
        ProgramUnitBytes = Number(json, "programUnitBytes"),
        UnitsAreWriteOnce = Flag(json, "writeOnce"),
        IsReadOnly = Flag(json, "readOnly"),
        Times = json.TryGetProperty("timing", out JsonElement timing) ? ReadTimes(timing) : null,
    };

    static FlashTimes ReadTimes(JsonElement json) => new(
        Integer(json, "eraseMicroseconds"), Integer(json, "programBytes"), Integer(json, "programMicroseconds"),
        Text(json, "source"));

    static SectorGroup ReadSectors(JsonElement json) => new(Number(json, "sectorBytes"), Number(json, "count"));

    static HardwareRevision ReadRevision(JsonElement json) => new(Integer(json, "number"), Text(json, "name"));

    static TranslationRule ReadTranslation(JsonElement json)
    {
        Translation kind = Word<Translation>(json, "kind");
        bool isSingle = kind is Translation.Overlay or Translation.SwapHalves;
        return new TranslationRule(
            kind,
            json.TryGetProperty("granuleBytes", out _) ? Number(json, "granuleBytes") : 1,
            json.TryGetProperty("extentCountMax", out _) ? Integer(json, "extentCountMax")
                : isSingle ? 1 : TranslationRule.ExtentCountUnlimited);
    }

    // A kind that the chip lacks stays in the board, so that the rule about it can say so.
    static TranslationRule ChooseTranslation(Translation kind, Chip chip)
        => chip.Translations.FirstOrDefault(rule => rule.Kind == kind)
            ?? new TranslationRule(kind, 1, TranslationRule.ExtentCountUnlimited);

    static Region ReadRegion(JsonElement json, IReadOnlyList<FlashBank> banks, string path)
    {
        string role = Text(json, "role");
        string flash = Text(json, "flash");
        FlashBank bank = banks.FirstOrDefault(bank => bank.Id == flash)
            ?? throw BoardSchema.Wrong(
                path,
                $"region \"{role}\"",
                $"there is no flash \"{flash}\"; there are: {string.Join(", ", banks.Select(bank => bank.Id))}");
        uint startAddress = Number(json, "startAddress");
        return new Region
        {
            Role = ParseWord<RegionRole>(role),
            Name = json.TryGetProperty("name", out _) ? Text(json, "name") : role,
            Bank = bank,
            StartAddress = startAddress,
            SizeBytes = Number(json, "sizeBytes"),
            SectorBytes = bank.TryFindSector(startAddress, out _, out uint sectorBytes)
                ? sectorBytes
                : bank.SectorGroups[^1].SectorBytes,
        };
    }

    static SlotGeometry ReadSlots(JsonElement json, IReadOnlyList<Region> regions)
    {
        Region? slotA = regions.FirstOrDefault(region => region.Role == RegionRole.SlotA);
        return new SlotGeometry
        {
            SlotBytes = slotA?.SizeBytes ?? 0,
            SectorBytes = slotA?.SectorBytes ?? 1,
            ProgramUnitBytes = slotA?.ProgramUnitBytes ?? 1,
            UnitsAreWriteOnce = slotA?.UnitsAreWriteOnce ?? false,
            HeaderBytes = Number(json, "headerBytes"),
            BlockBytes = Number(json, "blockBytes"),
            BufferBytes = Number(json, "bufferBytes"),
        };
    }

    static TrialPolicy ReadTrial(JsonElement json)
        => new(Integer(json, "bootCount"), Integer(json, "probationSeconds"));

    static BoardLink ReadLink(JsonElement json) => new(
        Word<LinkKind>(json, "kind"),
        Text(json, "device"),
        json.TryGetProperty("baudRate", out _) ? Integer(json, "baudRate") : null,
        List(json, "usbIds", item => item.GetString()!),
        Text(json, "description"));

    static BoardVariant ReadVariant(JsonElement json) => new(
        Text(json, "name"),
        Number(json, "sectorBytes"),
        Number(json, "programUnitBytes"),
        Flag(json, "writeOnce"),
        Number(json, "slotBytes"),
        Number(json, "headerBytes"),
        Number(json, "blockBytes"),
        Number(json, "bufferBytes"));

    static MemoryRange ReadRange(JsonElement json) => new(Number(json, "startAddress"), Number(json, "sizeBytes"));

    static MemoryRange? OptionalRange(JsonElement json, string member)
        => json.TryGetProperty(member, out JsonElement range) ? ReadRange(range) : null;

    static IReadOnlyList<T> List<T>(JsonElement json, string member, Func<JsonElement, T> read)
        => json.TryGetProperty(member, out JsonElement array) ? [.. array.EnumerateArray().Select(read)] : [];

    static string Text(JsonElement json, string member)
        => json.TryGetProperty(member, out JsonElement text) ? text.GetString()! : "";

    static bool Flag(JsonElement json, string member)
        => json.TryGetProperty(member, out JsonElement flag) && flag.GetBoolean();

    // The schema counts 4096.0 and 4.096e3 as integers, as JSON does.
    static int Integer(JsonElement json, string member) => (int)json.GetProperty(member).GetDouble();

    static uint Number(JsonElement json, string member)
    {
        JsonElement number = json.GetProperty(member);
        return number.ValueKind == JsonValueKind.String
            ? uint.Parse(number.GetString().AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : (uint)number.GetDouble();
    }

    static T Word<T>(JsonElement json, string member)
        where T : struct, Enum
        => ParseWord<T>(Text(json, member));

    static T ParseWord<T>(string word)
        where T : struct, Enum
        => BoardNames.TryParse(word, out T value)
            ? value
            : throw new InvalidOperationException(
                $"The schema allows the word \"{word}\", which {typeof(T).Name} lacks.");
}
