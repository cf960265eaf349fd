using System.Text.Json;
using Twinbank.Errors;

namespace Twinbank.Boards;

/// <summary>
/// The boards of one source: a folder, or the files that this assembly carries. Boards are read, checked against the
/// schema and the rules, and kept, when they are first asked for; so a broken file harms no other board.
/// </summary>
public sealed class BoardCatalog
{
    /// <summary>Names a folder with board data that comes before the clone's and the built-in one.</summary>
    public const string FolderVariable = "TWINBANK_BOARDS";

    const char VariantSeparator = '.';

    readonly BoardFiles _files;
    readonly Dictionary<string, Board> _boards = [];
    readonly Lock _lock = new();

    BoardCatalog(BoardFiles files) => _files = files;

    /// <summary>The files that this assembly carries.</summary>
    public static BoardCatalog BuiltIn { get; } = new(new BuiltInBoardFiles());

    /// <summary>Where the boards come from: a folder's path, or "built in".</summary>
    public string Source => _files.Source;

    /// <summary>Ids of all boards, without variants, in order. No file is read for this.</summary>
    public IReadOnlyList<string> BoardIds => _files.Ids(BoardFiles.Boards);

    /// <summary>The catalogue of a folder with schema.json, chips/ and boards/.</summary>
    /// <exception cref="FirmwareException">BoardDataMissing when it is not such a folder.</exception>
    public static BoardCatalog FromFolder(string folder)
        => IsBoardFolder(folder)
            ? new BoardCatalog(new FolderBoardFiles(Path.GetFullPath(folder)))
            : throw new FirmwareException(ErrorCode.BoardDataMissing, ("looked", folder));

    /// <summary>
    /// The catalogue to use: of the folder that <see cref="FolderVariable"/> names; else of the nearest
    /// boards/ at or above the start folder that holds a schema.json; else the built-in one.
    /// </summary>
    /// <param name="startFolder">Where to start looking, such as the current folder.</param>
    /// <param name="folderVariableValue">Value of the environment variable; null or empty when it is not set.</param>
    /// <exception cref="FirmwareException">
    /// BoardDataMissing when the variable names no folder with board data.
    /// </exception>
    public static BoardCatalog Locate(string startFolder, string? folderVariableValue)
    {
        if (!string.IsNullOrEmpty(folderVariableValue))
        {
            return FromFolder(folderVariableValue);
        }

        for (DirectoryInfo? folder = new(startFolder); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "boards");
            if (IsBoardFolder(candidate))
            {
                return FromFolder(candidate);
            }
        }

        return BuiltIn;
    }

    /// <summary>The catalogue to use for this process: its current folder and environment.</summary>
    public static BoardCatalog Locate()
        => Locate(Directory.GetCurrentDirectory(), Environment.GetEnvironmentVariable(FolderVariable));

    /// <summary>All boards, without variants.</summary>
    /// <exception cref="FirmwareException">BadBoardFile for the first file that is wrong.</exception>
    public IReadOnlyList<Board> LoadAll() => [.. BoardIds.Select(Find)];

    /// <summary>
    /// The board with the id; <c>sim-nor.64k-u8-once</c> is the variant 64k-u8-once of sim-nor. A path of a board file
    /// (with a folder, or ending in .json) is accepted, too.
    /// </summary>
    /// <exception cref="FirmwareException">
    /// UnknownBoard; BadBoardFile; FileNotFound, FileUnreadable, FileTooLarge.
    /// </exception>
    public Board Find(string idOrPath)
    {
        if (idOrPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || idOrPath.AsSpan().ContainsAny('/', '\\'))
        {
            return ReadFile(idOrPath);
        }

        lock (_lock)
        {
            if (!_boards.TryGetValue(idOrPath, out Board? board))
            {
                board = Load(idOrPath);
                _boards.Add(idOrPath, board);
            }

            return board;
        }
    }

    /// <summary>
    /// Reads a board file outside the catalogue. Its chip may lie beside it, in ../chips, or in the catalogue.
    /// </summary>
    /// <exception cref="FirmwareException">BadBoardFile; FileNotFound, FileUnreadable, FileTooLarge.</exception>
    public Board ReadFile(string path)
    {
        if (!File.Exists(path))
        {
            throw new FirmwareException(ErrorCode.FileNotFound, ("path", path));
        }

        return Read(path, FolderBoardFiles.ReadFile(path), chipId => ReadChipNear(path, chipId) ?? ReadOwnChip(chipId));
    }

    internal static string VariantId(string boardId, string variantName) => boardId + VariantSeparator + variantName;

    static bool IsBoardFolder(string folder) => File.Exists(Path.Combine(folder, "schema.json"));

    Board Load(string id)
    {
        int separator = id.IndexOf(VariantSeparator);
        string baseId = separator < 0 ? id : id[..separator];
        byte[] json = _files.Read(BoardFiles.Boards, baseId) ?? throw Unknown(id, BoardIds);
        string path = _files.PathOf(BoardFiles.Boards, baseId);
        Board board = Read(path, json, ReadOwnChip);
        if (board.Id != baseId)
        {
            throw BoardSchema.Wrong(path, "/id", $"is \"{board.Id}\"; a file of the catalogue is named after its id");
        }

        if (separator < 0)
        {
            return board;
        }

        BoardVariant variant = board.Variants.FirstOrDefault(item => item.Name == id[(separator + 1)..])
            ?? throw Unknown(id, board.Variants.Select(item => VariantId(board.Id, item.Name)));
        return Checked(board.With(variant));
    }

    static Board Read(string path, byte[] json, Func<string, Chip?> findChip)
    {
        JsonElement element = BoardSchema.Parse(path, json, "board");
        string chipId = element.GetProperty("chip").GetString()!;
        Chip chip = findChip(chipId)
            ?? throw BoardSchema.Wrong(path, "/chip", $"there is no chip \"{chipId}\": no file chips/{chipId}.json");
        return Checked(BoardReader.ReadBoard(element, chip, path));
    }

    Chip? ReadOwnChip(string chipId)
        => _files.Read(BoardFiles.Chips, chipId) is { } json
            ? ReadChip(_files.PathOf(BoardFiles.Chips, chipId), json)
            : null;

    static Chip? ReadChipNear(string boardPath, string chipId)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(boardPath))!;
        string[] candidates =
            [Path.Combine(folder, chipId + ".json"), Path.Combine(folder, "..", BoardFiles.Chips, chipId + ".json")];
        string? path = candidates.FirstOrDefault(File.Exists);
        return path is null ? null : ReadChip(path, FolderBoardFiles.ReadFile(path));
    }

    static Chip ReadChip(string path, byte[] json) => BoardReader.ReadChip(BoardSchema.Parse(path, json, "chip"));

    static Board Checked(Board board)
    {
        IReadOnlyList<RuleViolation> violations = BoardRules.Check(board);
        if (violations.Count == 0)
        {
            return board;
        }

        RuleViolation first = violations[0];
        string more = violations.Count > 1 ? $" (and {violations.Count - 1} more)" : "";
        throw BoardSchema.Wrong(board.Source, first.Path, $"{first.Message} (rule {first.Rule}){more}");
    }

    static FirmwareException Unknown(string id, IEnumerable<string> known)
        => new(ErrorCode.UnknownBoard, ("board", id), ("known", known));
}
