using System.Text.Json;
using System.Text.Json.Nodes;
using Twinbank.Testing;

namespace Twinbank.Boards.Tests;

/// <summary>Each rule has an example that breaks it and satisfies the schema.</summary>
[TestClass]
public sealed class BoardRulesTests
{
    static readonly (string Rule, string Board, Action<JsonNode, JsonNode> Change)[] s_examples =
    [
        ("FlashIdsAreUnique", "qemu-virt", (board, _) => AddTwin(board)),
        ("SectorsArePowersOfTwo", "qemu-virt",
            (board, _) => board["flash"]![0]!["sectors"]![0]!["sectorBytes"] = 0x30000),
        ("SectorsArePowersOfTwo", "qemu-virt",
            (board, _) => board["flash"]![0]!["sectors"]![0]!["sectorBytes"] = "0x0"),
        ("SectorsFillTheDevice", "qemu-virt", (board, _) => board["flash"]![1]!["sectors"]![0]!["count"] = 255),
        ("ProgramUnitIsAPowerOfTwo", "qemu-virt", (board, _) => board["flash"]![1]!["programUnitBytes"] = 12),
        ("ProgramUnitIsAPowerOfTwo", "sim-nor", (board, _) => SmallSectors(board)),
        ("BanksDoNotOverlapOnTheBus", "qemu-virt", (board, _) => board["flash"]![1]!["busAddress"] = "0x02000000"),
        ("BanksDoNotOverlapOnTheBus", "qemu-virt", (board, _) => board["flash"]![1]!["busAddress"] = "0xFF000000"),
        ("TimesAreOfWholeUnits", "qemu-virt", (board, _) => board["flash"]![1]!["timing"]!["programBytes"] = 66),
        ("RolesAreGivenOnce", "qemu-virt", (board, _) => Region(board, "golden")["role"] = "slotA"),
        ("RolesAreGivenOnce", "qemu-virt", (board, _) => Region(board, "journal")["role"] = "reserved"),
        ("RegionNamesAreUnique", "qemu-virt", (board, _) => AddTwoUnnamed(board)),
        ("RegionsFitTheirDevice", "qemu-virt", (board, _) => Region(board, "golden")["startAddress"] = "0x03F00000"),
        ("RegionsFitTheirDevice", "qemu-virt", (board, _) => Region(board, "bootStage")["sizeBytes"] = 0),
        ("RegionsFitTheirDevice", "qemu-virt", (board, _) => Region(board, "slotB")["startAddress"] = "0xFFFFFFFF"),
        ("RegionsAreWholeEqualSectors", "qemu-virt",
            (board, _) => Region(board, "slotA")["startAddress"] = "0x00100100"),
        ("RegionsAreWholeEqualSectors", "qemu-virt", (board, _) => Region(board, "bootStage")["sizeBytes"] = "0x10000"),
        ("RegionsAreWholeEqualSectors", "qemu-virt", (board, _) => MixedSectors(board)),
        ("RegionsDoNotOverlap", "qemu-virt", (board, _) => Region(board, "slotB")["startAddress"] = "0x004C0000"),
        ("JournalIsTwoSectors", "qemu-virt", (board, _) => Region(board, "journal")["sizeBytes"] = "0x40000"),
        ("JournalIsTwoSectors", "qemu-virt", (board, _) => Region(board, "journal")["sizeBytes"] = "0xC0000"),
        ("UpdatedRegionsAreWritable", "qemu-virt", (board, _) => board["flash"]![1]!["readOnly"] = true),
        ("SlotsAreEqual", "qemu-virt", (board, _) => Region(board, "slotB")["sizeBytes"] = "0x380000"),
        ("SlotsAreEqual", "qemu-virt", (board, _) => board["flash"]![0]!["writeOnce"] = true),
        ("HeaderAndBlocksAreWholeSectors", "qemu-virt", (board, _) => board["slots"]!["headerBytes"] = 4096),
        ("HeaderAndBlocksAreWholeSectors", "qemu-virt", (board, _) => board["slots"]!["headerBytes"] = 0),
        ("HeaderAndBlocksAreWholeSectors", "qemu-virt", (board, _) => board["slots"]!["blockBytes"] = "0x20000"),
        ("BlockSizeIsOneOfTheFormat", "qemu-virt", (board, _) => board["slots"]!["blockBytes"] = "0xC0000"),
        ("BlockSizeIsOneOfTheFormat", "sim-nor", (board, _) => ManyBlocks(board)),
        ("SlotHoldsABlock", "qemu-virt", (board, _) => board["slots"]!["headerBytes"] = "0x400000"),
        ("BufferLeavesRoomForData", "qemu-virt", (board, _) => board["slots"]!["bufferBytes"] = "0x40000"),
        ("BufferLeavesRoomForData", "sim-nor", (board, _) => board["slots"]!["bufferBytes"] = 1022),
        ("GranulesArePowersOfTwo", "qemu-virt", (_, chip) => chip["translations"]![0]!["granuleBytes"] = 3000),
        ("GranulesArePowersOfTwo", "qemu-virt", (_, chip) => chip["translations"]![0]!["granuleBytes"] = 0),
        ("TranslationIsOfferedByTheChip", "qemu-virt", (board, _) => board["translation"] = "overlay"),
        ("BlocksFitTheGranule", "qemu-virt", (_, chip) => chip["translations"]![0]!["granuleBytes"] = "0x100000"),
        ("BlocksFitTheGranule", "qemu-virt", (board, _) => board["application"]!["virtualBase"] = "0x80000800"),
        ("BlocksFitTheGranule", "qemu-virt", (board, _) => board["slots"]!["bufferBytes"] = 2048),
        ("SlotsAreOnTheBusToRunInPlace", "qemu-virt",
            (board, _) => board["flash"]![1]!.AsObject().Remove("busAddress")),
        ("SwappedSlotsLieOpposite", "qemu-virt", (board, chip) => Swap(board, chip)),
        ("RamIsTheChips", "emcraft-sf2", (board, _) => board["bootRam"]!["sizeBytes"] = "0x20000"),
        ("RamAreasDoNotOverlap", "emcraft-sf2",
            (board, _) => board["application"]!["ram"]!["startAddress"] = "0xA0100000"),
        ("WindowIsAddressable", "qemu-virt", (board, _) => board["application"]!["virtualBase"] = "0xFFF00000"),
        ("WindowIsAddressable", "qemu-virt", (board, _) => board["application"]!["virtualBytes"] = 0),
        ("WindowIsInTheLoadArea", "emcraft-sf2", (board, _) => board["application"]!["virtualBase"] = "0xA0100000"),
        ("WindowIsInTheLoadArea", "emcraft-sf2", (board, _) => board["application"]!.AsObject().Remove("loadArea")),
        ("MappedWindowIsFree", "qemu-virt", (board, _) => board["application"]!["virtualBase"] = "0x41000000"),
        ("MappedWindowIsFree", "qemu-virt", (board, _) => board["application"]!["virtualBase"] = "0x04000000"),
        ("PayloadsSuitTheTranslation", "emcraft-sf2",
            (board, _) => board["application"]!["payloads"]![0] = "nativeXip"),
        ("PayloadsSuitTheTranslation", "qemu-virt", (board, _) => board["application"]!["payloads"]![0] = "nativeRam"),
        ("PayloadsSuitTheTranslation", "qemu-virt",
            (board, _) => board["application"]!["payloads"]![0] = "nanoFramework"),
        ("RevisionsAreUnique", "qemu-virt",
            (board, _) => board["revisions"]!.AsArray().Add(board["revisions"]![0]!.DeepClone())),
        ("OnlySerialLinksHaveABaudRate", "qemu-virt", (board, _) => board["links"]![0]!.AsObject().Remove("baudRate")),
        ("OnlySerialLinksHaveABaudRate", "qemu-virt", (board, _) => board["links"]![1]!["baudRate"] = 9600),
        ("VariantNamesAreUnique", "sim-nor", (board, _) => board["variants"]![1]!["name"] = "1k-u1"),
        ("VariantIdsFitTheManifest", "sim-nor", (board, _) => board["variants"]![1]!["name"] = new string('x', 24)),
        ("VariantIdsFitTheManifest", "sim-nor", (board, _) => board["id"] = "simulator-of-nor-flash"),
    ];

    public static IEnumerable<object[]> EveryExample => Enumerable.Range(0, s_examples.Length)
        .Select(index => new object[] { index, s_examples[index].Rule });

    [TestMethod, DynamicData(nameof(EveryExample))]
    public void Refuses_the_example_with_a_message(int index, string rule)
    {
        IReadOnlyList<RuleViolation> violations = Check(s_examples[index].Board, s_examples[index].Change);
        RuleViolation? violation = violations.FirstOrDefault(item => item.Rule == rule);
        Assert.IsNotNull(violation, $"found instead: {string.Join("; ", violations)}");
        Assert.IsFalse(violation.Message.EndsWith('.'));
        Assert.IsGreaterThan(10, violation.Message.Length);
    }

    [TestMethod]
    public void Every_rule_has_an_example()
        => CollectionAssert.AreEquivalent(
            BoardRules.All.Select(rule => rule.Name).ToArray(),
            s_examples.Select(example => example.Rule).Distinct().ToArray());

    [TestMethod]
    [DataRow("qemu-virt")]
    [DataRow("emcraft-sf2")]
    [DataRow("sim-nor")]
    public void Accepts_the_unchanged_board(string id) => Assert.IsEmpty(Check(id, (_, _) => { }));

    static IReadOnlyList<RuleViolation> Check(string id, Action<JsonNode, JsonNode> change)
    {
        JsonNode board = Load("boards", id);
        JsonNode chip = Load("chips", board["chip"]!.GetValue<string>());
        change(board, chip);
        JsonElement boardJson = BoardSchema.Parse("board.json", Bytes(board), "board");
        JsonElement chipJson = BoardSchema.Parse("chip.json", Bytes(chip), "chip");
        return BoardRules.Check(BoardReader.ReadBoard(boardJson, BoardReader.ReadChip(chipJson), "board.json"));
    }

    static JsonNode Load(string kind, string id)
        => JsonNode.Parse(File.ReadAllText(RepositoryRoot.Combine($"boards/{kind}/{id}.json")))!;

    static byte[] Bytes(JsonNode json) => JsonSerializer.SerializeToUtf8Bytes(json);

    static JsonNode Region(JsonNode board, string role)
        => board["regions"]!.AsArray().First(region => region!["role"]!.GetValue<string>() == role)!;

    static void SmallSectors(JsonNode board)
    {
        JsonNode flash = board["flash"]![0]!;
        flash["sectors"]![0]!["sectorBytes"] = 256;
        flash["sectors"]![0]!["count"] = 0xC2000 / 256;
        flash["programUnitBytes"] = 512;
    }

    static void ManyBlocks(JsonNode board)
    {
        board["flash"]![0]!["sectors"]![0]!["sectorBytes"] = 128;
        board["flash"]![0]!["sectors"]![0]!["count"] = 0xC2000 / 128;
        Region(board, "journal")["sizeBytes"] = 256;
        board["slots"]!["headerBytes"] = 1024;
        board["slots"]!["blockBytes"] = 128;
        board["slots"]!["bufferBytes"] = 0;
    }

    static void MixedSectors(JsonNode board)
    {
        board["flash"]![1]!["sectors"] = JsonNode.Parse(
            """[ { "sectorBytes": "0x40000", "count": 254 }, { "sectorBytes": "0x20000", "count": 4 } ]""");
        Region(board, "slotB")["startAddress"] = "0x03C00000";
    }

    static void AddTwin(JsonNode board)
    {
        JsonNode twin = board["flash"]![0]!.DeepClone();
        twin["busAddress"] = "0x20000000";
        board["flash"]!.AsArray().Add(twin);
    }

    static void AddTwoUnnamed(JsonNode board)
    {
        foreach (int start in (int[])[0x2000000, 0x2100000])
        {
            board["regions"]!.AsArray().Add(JsonNode.Parse(
                $$"""{ "role": "reserved", "flash": "nor0", "startAddress": {{start}}, "sizeBytes": 1048576 }"""));
        }
    }

    static void Swap(JsonNode board, JsonNode chip)
    {
        board["translation"] = "swapHalves";
        chip["translations"]![0]!["kind"] = "swapHalves";
    }
}
