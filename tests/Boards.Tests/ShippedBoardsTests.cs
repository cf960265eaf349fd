using System.Text.Json;
using Json.Schema;
using Twinbank.Core.Format;
using Twinbank.Core.Trust;
using Twinbank.Testing;

namespace Twinbank.Boards.Tests;

/// <summary>Every shipped file, whatever it is: a new board needs no new test to be covered here.</summary>
[TestClass]
public sealed class ShippedBoardsTests
{
    static readonly BoardCatalog s_catalog = BoardCatalog.FromFolder(RepositoryRoot.Combine("boards"));

    public static IEnumerable<object[]> EveryBoard => s_catalog.BoardIds.Select(id => new object[] { id });

    public static IEnumerable<object[]> EveryVariant
        => from board in s_catalog.LoadAll()
           from variant in board.Variants
           select new object[] { $"{board.Id}.{variant.Name}" };

    public static IEnumerable<object[]> EveryFile
        => Directory.EnumerateFiles(RepositoryRoot.Combine("boards"), "*.json", SearchOption.AllDirectories)
            .Where(path => Path.GetFileName(path) != "schema.json")
            .Select(path => new object[] { Path.GetRelativePath(RepositoryRoot.Path, path) });

    [TestMethod, DynamicData(nameof(EveryBoard))]
    public void Loads_and_satisfies_every_rule(string id)
    {
        Board board = s_catalog.Find(id);
        Assert.AreEqual(id, board.Id);
        Assert.IsEmpty(BoardRules.Check(board));
        Assert.IsNotEmpty(board.Payloads);
        Assert.IsGreaterThan(0u, board.Slots.BlockCount);
    }

    [TestMethod, DynamicData(nameof(EveryBoard))]
    public void Says_how_long_its_slots_take_to_erase_and_program_and_where_that_stands(string id)
    {
        FlashTimes? times = s_catalog.Find(id).SlotB.Bank.Times;
        Assert.IsNotNull(times);
        Assert.IsGreaterThan(20, times.Source.Length);
        Assert.AreEqual(times.EraseMicroseconds / 1e6, times.Seconds(1, 0));
        Assert.AreEqual(2 * times.ProgramMicroseconds / 1e6, times.Seconds(0, 2 * times.ProgramBytes));
    }

    [TestMethod, DynamicData(nameof(EveryVariant))]
    public void Every_variant_satisfies_every_rule(string id)
    {
        Board board = s_catalog.Find(id);
        Assert.AreEqual(id, board.Id);
        Assert.IsLessThan(32, board.Id.Length, "a manifest has 32 bytes for it, one of them zero");
        Assert.IsEmpty(BoardRules.Check(board));
        Assert.IsGreaterThan(3u, board.Slots.BlockCount, "updates with one block more or less need some blocks");
        Assert.IsTrue(board.Banks.All(bank => bank.Kind == FlashKind.Simulated));
    }

    [TestMethod, DynamicData(nameof(EveryFile))]
    public void Every_file_satisfies_the_schema_of_the_clone(string path)
    {
        // The loader uses the schema inside the assembly; this one is read from the file that people edit.
        JsonElement schemaJson = Json("boards/schema.json");
        JsonElement file = Json(path);
        JsonSchema schema = JsonSchema.Build(schemaJson, new BuildOptions { SchemaRegistry = new SchemaRegistry() });
        Assert.IsTrue(schema.Evaluate(file).IsValid);
        Assert.AreEqual(Path.GetFileNameWithoutExtension(path), file.GetProperty("id").GetString());
    }

    [TestMethod]
    public void The_assembly_carries_the_same_boards()
    {
        CollectionAssert.AreEqual(s_catalog.BoardIds.ToArray(), BoardCatalog.BuiltIn.BoardIds.ToArray());
        foreach (string id in s_catalog.BoardIds)
        {
            Board board = BoardCatalog.BuiltIn.Find(id);
            Assert.AreEqual(s_catalog.Find(id).Slots, board.Slots);
            Assert.StartsWith("built in", board.Source);
        }
    }

    [TestMethod]
    public void Knows_the_two_emulated_boards_and_the_simulator()
        => CollectionAssert.IsSubsetOf(new[] { "emcraft-sf2", "qemu-virt", "sim-nor" }, s_catalog.BoardIds.ToArray());

    [TestMethod]
    public void Qemu_virt_maps_either_slot_of_bank_1_at_one_address()
    {
        Board board = s_catalog.Find("qemu-virt");
        Assert.AreEqual(
            new TranslationRule(Translation.MmuPages, 4096, TranslationRule.ExtentCountUnlimited),
            board.Translation);
        Assert.AreEqual(0x80000000u, board.VirtualBase);
        Assert.AreEqual(0x04100000u, board.SlotA.BusAddress);
        Assert.AreEqual(0x04500000u, board.SlotB.BusAddress);
        Assert.AreEqual(0x04000000u, board.Journal.BusAddress);
        Assert.AreEqual(0x80000u, board.Journal.SizeBytes);
        Assert.AreEqual(0x01000000u, board.Golden!.BusAddress);
        Assert.AreEqual(0u, board.BootStage!.BusAddress);
        Assert.AreEqual(0x40000u, board.Slots.SectorBytes);
        Assert.AreEqual(0x40000u, board.Slots.HeaderBytes);
        Assert.AreEqual(4u, board.Slots.ProgramUnitBytes);
        Assert.AreEqual(15u, board.Slots.BlockCount);
        CollectionAssert.Contains(board.Payloads.ToArray(), PayloadKind.NativeXip);
    }

    [TestMethod]
    public void Emcraft_sf2_loads_images_from_serial_flash_to_memory()
    {
        Board board = s_catalog.Find("emcraft-sf2");
        Assert.AreEqual(Translation.None, board.Translation.Kind);
        Assert.IsFalse(board.Translation.ExecutesInPlace);
        Assert.IsNull(board.SlotA.BusAddress);
        Assert.AreEqual(0xA0000000u, board.LoadArea!.StartAddress);
        Assert.AreEqual(0x60000000u, board.BootStage!.BusAddress);
        Assert.AreEqual("s25sl12801", board.SlotA.Bank.Part);
        Assert.AreEqual(0x10000u, board.Slots.SectorBytes);
        Assert.AreEqual(1u, board.Slots.ProgramUnitBytes);
        Assert.AreEqual(31u, board.Slots.BlockCount);
    }

    [TestMethod]
    public void The_simulator_has_variants_for_each_sector_size_and_program_unit()
    {
        Board board = s_catalog.Find("sim-nor");
        CollectionAssert.IsSubsetOf(
            new uint[] { 1024, 4096, 16384, 65536, 131072 },
            board.Variants.Select(v => v.SectorBytes).Distinct().ToArray());
        CollectionAssert.IsSubsetOf(
            new uint[] { 1, 4, 8, 16, 32, 256 }, board.Variants.Select(v => v.ProgramUnitBytes).Distinct().ToArray());
        Assert.IsTrue(board.Variants.Any(variant => variant.UnitsAreWriteOnce));
        Assert.AreEqual(0x40000u, board.Slots.SlotBytes);
        Assert.AreEqual(4096u, board.Slots.HeaderBytes);
    }

    static JsonElement Json(string path)
        => JsonDocument.Parse(File.ReadAllText(RepositoryRoot.Combine(path))).RootElement;
}
