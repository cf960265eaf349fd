using System.Text.Json.Nodes;
using Twinbank.Boards;
using Twinbank.Testing;

namespace Twinbank.Benchmarks;

/// <summary>
/// A board with slots of 80 MiB: no shipped board takes an image as large as the one that is measured.
/// </summary>
internal static class LargeBoard
{
    const uint SectorBytes = 0x40000;
    const uint SlotBytes = 80 * 1024 * 1024;

    public static Board Load(string folder)
    {
        string boards = RepositoryRoot.Combine("boards");
        JsonNode board = JsonNode.Parse(File.ReadAllText(Path.Combine(boards, "boards/sim-nor.json")))!;
        uint journalBytes = 2 * SectorBytes;
        uint flashBytes = journalBytes + (2 * SlotBytes);
        board["id"] = "large";
        board.AsObject().Remove("variants");
        JsonNode flash = board["flash"]![0]!;
        flash["sizeBytes"] = flashBytes;
        flash["sectors"] = new JsonArray(new JsonObject
        {
            ["sectorBytes"] = SectorBytes,
            ["count"] = flashBytes / SectorBytes,
        });
        board["regions"] = new JsonArray(
            Region("journal", 0, journalBytes),
            Region("slotA", journalBytes, SlotBytes),
            Region("slotB", journalBytes + SlotBytes, SlotBytes));
        board["slots"] = new JsonObject
        {
            ["headerBytes"] = SectorBytes,
            ["blockBytes"] = SectorBytes,
            ["bufferBytes"] = SectorBytes / 8,
        };
        Directory.CreateDirectory(Path.Combine(folder, "boards"));
        Directory.CreateDirectory(Path.Combine(folder, "chips"));
        File.WriteAllText(Path.Combine(folder, "boards/large.json"), board.ToJsonString());
        foreach (string path in (string[])["schema.json", "chips/in-process.json"])
        {
            File.Copy(Path.Combine(boards, path), Path.Combine(folder, path), overwrite: true);
        }

        return BoardCatalog.FromFolder(folder).Find("large");
    }

    static JsonObject Region(string role, uint startAddress, uint sizeBytes)
        => new()
        {
            ["role"] = role,
            ["flash"] = "sim0",
            ["startAddress"] = startAddress,
            ["sizeBytes"] = sizeBytes,
        };
}
