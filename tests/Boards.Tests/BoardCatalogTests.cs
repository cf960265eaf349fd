using System.Text;
using System.Text.Json.Nodes;
using Twinbank.Errors;
using Twinbank.Testing;

namespace Twinbank.Boards.Tests;

[TestClass]
public sealed class BoardCatalogTests
{
    [TestMethod]
    public void Finds_the_boards_of_the_clone_from_a_folder_inside_it()
    {
        string start = RepositoryRoot.Combine("firmware-tools/Boards");
        // The folder named Boards there holds no schema.json, so the search goes on to the root.
        Assert.AreEqual(RepositoryRoot.Combine("boards"), BoardCatalog.Locate(start, null).Source);
    }

    [TestMethod]
    public void Falls_back_to_the_built_in_boards()
    {
        using var folder = new BoardFolder();
        string elsewhere = Directory.CreateDirectory(Path.Combine(folder.Path, "elsewhere")).FullName;
        Assert.AreEqual("built in", BoardCatalog.Locate(elsewhere, "").Source);
    }

    [TestMethod]
    public void The_variable_comes_before_the_clone()
    {
        using var folder = new BoardFolder();
        BoardCatalog catalog = BoardCatalog.Locate(RepositoryRoot.Path, folder.Path);
        Assert.AreEqual(folder.Path, catalog.Source);
        Assert.AreEqual(folder.FileOf("qemu-virt"), catalog.Find("qemu-virt").Source);
    }

    [TestMethod]
    public void Says_where_it_looked_when_the_variable_names_no_board_folder()
    {
        string folder = RepositoryRoot.Combine("tests");
        FirmwareException exception = Refused(() => BoardCatalog.Locate(RepositoryRoot.Path, folder));
        Assert.AreEqual(ErrorCode.BoardDataMissing, exception.Code);
        Assert.Contains(folder, exception.Message);
    }

    [TestMethod]
    public void Names_the_known_boards_when_one_is_not_known()
    {
        FirmwareException exception = Refused(() => BoardCatalog.BuiltIn.Find("qemu-vert"));
        Assert.AreEqual(ErrorCode.UnknownBoard, exception.Code);
        Assert.Contains("emcraft-sf2, qemu-virt, sim-nor", exception.Message);
    }

    [TestMethod]
    [DataRow("sim-nor.5k")]
    [DataRow("qemu-virt.64k-u4")]
    [DataRow("sim-nor.")]
    [DataRow(".")]
    [DataRow("")]
    [DataRow("schema")]
    public void Refuses_what_is_no_board(string id)
        => Assert.AreEqual(ErrorCode.UnknownBoard, Refused(() => BoardCatalog.BuiltIn.Find(id)).Code);

    [TestMethod]
    public void Refuses_an_unknown_member_and_says_where()
    {
        using var folder = new BoardFolder();
        folder.Change("qemu-virt", board => board["flash"]![1]!["sectorBytse"] = 4);
        FirmwareException exception = Refused(() => BoardCatalog.FromFolder(folder.Path).Find("qemu-virt"));
        Assert.AreEqual(ErrorCode.BadBoardFile, exception.Code);
        Assert.Contains(folder.FileOf("qemu-virt"), exception.Message);
        Assert.Contains("/flash/1/sectorBytse: unknown member.", exception.Message);
    }

    [TestMethod]
    public void A_broken_file_does_not_harm_other_boards()
    {
        using var folder = new BoardFolder();
        File.WriteAllText(folder.FileOf("qemu-virt"), "{");
        BoardCatalog catalog = BoardCatalog.FromFolder(folder.Path);
        Assert.AreEqual("sim-nor", catalog.Find("sim-nor").Id);
        Assert.AreEqual(ErrorCode.BadBoardFile, Refused(() => catalog.Find("qemu-virt")).Code);
        Assert.AreEqual(ErrorCode.BadBoardFile, Refused(() => catalog.LoadAll()).Code);
    }

    [TestMethod]
    [DataRow("\"chip\":", "\"chipp\":", "/chipp: unknown member")]
    [DataRow("\"programUnitBytes\": 4", "\"programUnitBytes\": 1024",
        "/flash/0/programUnitBytes: 1024 should be at most 512")]
    [DataRow("\"0x80000000\"", "\"2 GiB\"", "/application/virtualBase: \"2 GiB\" has the wrong form")]
    [DataRow("\"0x80000000\"", "4294967296", "/application/virtualBase: 4294967296 should be at most 4294967295")]
    [DataRow("\"0x80000000\"", "-1", "/application/virtualBase: -1 should be at least 0")]
    [DataRow("\"0x80000000\"", "1.5", "/application/virtualBase: ")]
    [DataRow("\"mmuPages\"", "\"magic\"", "/translation: \"magic\" is not one of the words")]
    [DataRow("\"kind\": \"board\"", "\"kind\": \"bored\"", "/kind: \"bored\" is not one of the words")]
    [DataRow("\"qemu-cortex-a15\"", "\"qemu-cortex-a16\"", "/chip: there is no chip \"qemu-cortex-a16\"")]
    [DataRow("\"id\": \"qemu-virt\"", "\"id\": \"qemu-vert\"", "/id: is \"qemu-vert\"")]
    [DataRow(
        "\"flash\": \"nor1\", \"startAddress\": \"0x00000000\"",
        "\"flash\": \"nor7\", \"startAddress\": \"0x00000000\"",
        "region \"journal\": there is no flash \"nor7\"; there are: nor0, nor1")]
    [DataRow("\"0x00500000\"", "\"0x00540001\"", "rule RegionsAreWholeEqualSectors")]
    [DataRow("\"name\": \"QEMU virt", "\"id\": \"x\", \"name\": \"QEMU virt", "not JSON")]
    [DataRow("\"revisions\": [", "\"revisions\": [[", "line 9, column 10: not JSON")]
    [DataRow("\"bootCount\": 3", "\"bootCount\": \"3\"",
        "/trial/bootCount: value is \"string\" but should be \"integer\"")]
    public void Says_what_is_wrong_and_where(string text, string replacement, string expected)
    {
        using var folder = new BoardFolder();
        string json = File.ReadAllText(folder.FileOf("qemu-virt"));
        Assert.Contains(text, json);
        File.WriteAllText(folder.FileOf("qemu-virt"), json.Replace(text, replacement));
        FirmwareException exception = Refused(() => BoardCatalog.FromFolder(folder.Path).Find("qemu-virt"));
        Assert.AreEqual(ErrorCode.BadBoardFile, exception.Code);
        Assert.Contains(expected, exception.Message);
    }

    [TestMethod]
    public void Reads_a_board_file_by_its_path_with_a_chip_beside_it()
    {
        using var folder = new BoardFolder();
        string lonely = Directory.CreateDirectory(Path.Combine(folder.Path, "mine")).FullName;
        string path = Path.Combine(lonely, "mine.json");
        JsonNode board = JsonNode.Parse(File.ReadAllText(folder.FileOf("qemu-virt")))!;
        board["id"] = "mine";
        board["chip"] = "mychip";
        File.WriteAllText(path, board.ToJsonString());
        string chip = File.ReadAllText(Path.Combine(folder.Path, "chips", "qemu-cortex-a15.json"));
        File.WriteAllText(Path.Combine(lonely, "mychip.json"), chip.Replace("qemu-cortex-a15", "mychip"));

        Assert.AreEqual("mine", BoardCatalog.BuiltIn.Find(path).Id);
        Assert.AreEqual("mychip", BoardCatalog.BuiltIn.Find(path).Chip.Id);
    }

    [TestMethod]
    public void Says_that_a_chip_file_is_no_board_file()
    {
        string path = RepositoryRoot.Combine("boards/chips/in-process.json");
        Assert.Contains(
            "this is a chip file; a board file is needed",
            Refused(() => BoardCatalog.BuiltIn.Find(path)).Message);
    }

    [TestMethod]
    public void Refuses_a_file_that_is_too_large_or_absent()
    {
        using var folder = new BoardFolder();
        string path = folder.FileOf("large");
        Assert.AreEqual(ErrorCode.FileNotFound, Refused(() => BoardCatalog.BuiltIn.Find(path)).Code);
        File.WriteAllBytes(path, new byte[BoardLimits.FileBytesMax + 1]);
        Assert.AreEqual(ErrorCode.FileTooLarge, Refused(() => BoardCatalog.BuiltIn.Find(path)).Code);
    }

    [TestMethod]
    public void Every_prefix_of_a_board_file_is_refused()
    {
        byte[] json = File.ReadAllBytes(RepositoryRoot.Combine("boards/boards/emcraft-sf2.json"));
        int length = json.AsSpan().TrimEnd("\n "u8).Length;
        for (int count = 0; count < length; count++)
        {
            Assert.AreEqual(ErrorCode.BadBoardFile, Refused(() => BoardSchema.Parse("x", json[..count], "board")).Code);
        }
    }

    [TestMethod]
    [DataRow("\\ud800", DisplayName = "half a surrogate pair")]
    [DataRow("\u00ED", DisplayName = "a byte that is no UTF-8")]
    public void A_string_that_is_no_unicode_is_an_error(string text)
    {
        string board = File.ReadAllText(RepositoryRoot.Combine("boards/boards/qemu-virt.json"));
        byte[] json = Encoding.Latin1.GetBytes(board.Replace("\"qemu-virt\"", $"\"q{text}\""));
        FirmwareException exception = Refused(() => BoardSchema.Parse("x", json, "board"));
        Assert.AreEqual(ErrorCode.BadBoardFile, exception.Code);
        Assert.Contains("not valid Unicode", exception.Message);
    }

    [TestMethod]
    public void A_changed_byte_gives_a_valid_board_or_an_error()
    {
        byte[] json = File.ReadAllBytes(RepositoryRoot.Combine("boards/boards/emcraft-sf2.json"));
        using var folder = new BoardFolder();
        string path = folder.FileOf("mutant");
        var random = new Random(20261124);
        int refused = 0;
        for (int round = 0; round < 1500; round++)
        {
            byte[] mutant = (byte[])json.Clone();
            mutant[random.Next(mutant.Length)] = (byte)random.Next(32, 127);
            File.WriteAllBytes(path, mutant);
            try
            {
                Assert.IsEmpty(BoardRules.Check(BoardCatalog.BuiltIn.ReadFile(path)));
            }
            catch (FirmwareException)
            {
                refused++;
            }
        }

        Assert.IsGreaterThan(100, refused);
    }

    static FirmwareException Refused(Action action) => Assert.ThrowsExactly<FirmwareException>(action);
}
