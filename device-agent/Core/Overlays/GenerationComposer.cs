using Twinbank.Core.Checks;
using Twinbank.Core.Format;
using Twinbank.Core.Recipes;
using Twinbank.Core.Slots;

namespace Twinbank.Core.Overlays;

/// <summary>
/// Makes the blocks of a generation in RAM (specs/overlay.md section 2) and reads them. One generation at a time; what
/// comes out is judged by the hashes of its manifest, not here.
/// </summary>
/// <remarks>
/// All memory is taken by the constructor. Every size and index in the log comes from flash and is checked, so that a
/// damaged overlay costs at most one pass over its bytes and ends with a status.
/// </remarks>
public sealed class GenerationComposer
{
    readonly OverlayLog _log;
    readonly GenerationBlocks _blocks;
    readonly StoredImage _ground;
    readonly ContainerTables[] _steps;
    readonly byte[][] _stepBytes;
    readonly byte[] _header = new byte[ContainerHeader.SizeBytes];
    readonly ushort[] _chain = new ushort[OverlayHead.GenerationMax + 1];
    readonly int _tablesBytesMax;
    Slot? _slot;
    ushort _generation;
    bool _withPending;
    bool _isComposed;
    int _step;

    /// <param name="memory">Where composed blocks go.</param>
    /// <param name="memoryStart">First byte of it that this composer may use.</param>
    /// <param name="memoryBytes">How many.</param>
    /// <param name="decoders">Decoders of its own: an installer may be in the middle of a block with others.</param>
    /// <param name="ground">A reader of its own for images as they were installed.</param>
    /// <param name="sha256">Shared between calls.</param>
    /// <param name="tablesBytesMax">Largest tables of a container this device holds.</param>
    /// <param name="unitBytes">Program unit of the slots.</param>
    /// <param name="granuleBytes">Granule of the translation: composed blocks start at multiples of it.</param>
    public GenerationComposer(
        ComposeMemory memory, uint memoryStart, uint memoryBytes, RecipeDecoder[] decoders, StoredImage ground,
        DigestAlgorithm sha256, int tablesBytesMax, uint unitBytes, uint granuleBytes)
    {
        int blocksMax = tablesBytesMax / Manifest.BlockEntryBytes;
        _ground = ground;
        _tablesBytesMax = tablesBytesMax;
        _log = new OverlayLog(blocksMax, unitBytes);
        _blocks = new GenerationBlocks(memory, memoryStart, memoryBytes, decoders, _log, blocksMax, granuleBytes);
        _steps = new ContainerTables[2];
        _stepBytes = new byte[2][];
        for (int i = 0; i < 2; i++)
        {
            _steps[i] = new ContainerTables(sha256);
            _stepBytes[i] = new byte[tablesBytesMax];
        }
    }

    /// <summary>The log of the slot that was last looked at.</summary>
    public OverlayLog Log => _log;

    /// <summary>Tables of the generation that <see cref="Load"/> or <see cref="Compose"/> gave Ok for.</summary>
    public ContainerTables Tables => _steps[_step];

    /// <summary>Looks at the overlays of a slot. Gives Ok, or why there is no image in it.</summary>
    public Status OpenLog(Slot slot, bool withPending)
    {
        _slot = null;
        Status status = _ground.Load(slot);
        return status == Status.Ok ? _log.Open(slot, _ground.Manifest, withPending) : status;
    }

    /// <summary>
    /// Reads the tables of a generation from 1 up and forgets what was composed. NotFound for one that the slot does
    /// not have.
    /// </summary>
    public Status Load(Slot slot, ushort generation, bool withPending)
    {
        _isComposed = false;
        Status status = Walk(slot, generation, withPending, composes: false);
        _slot = status == Status.Ok ? slot : null;
        _generation = generation;
        _withPending = withPending;
        return status;
    }

    /// <summary>Makes sure that the blocks of the generation are there to be read.</summary>
    public Status Compose(Slot slot, ushort generation, bool withPending)
    {
        if (_isComposed && _slot == slot && _generation == generation && _withPending == withPending)
        {
            return Status.Ok;
        }

        Status status = Walk(slot, generation, withPending, composes: true);
        _isComposed = status == Status.Ok;
        _slot = _isComposed ? slot : null;
        _generation = generation;
        _withPending = withPending;
        return status;
    }

    /// <summary>Reads a block of the composed generation.</summary>
    public Status ReadBlock(int block, uint offset, byte[] buffer, int bufferOffset, int count)
        => _isComposed ? _blocks.Read(_slot!, block, offset, buffer, bufferOffset, count) : Status.WrongState;

    /// <summary>RAM that the composed generation takes.</summary>
    public uint MemoryUsed => _blocks.MemoryUsed;

    /// <summary>RAM that a block of so many bytes takes.</summary>
    public uint MemoryOf(uint dataBytes) => _blocks.MemoryOf(dataBytes);

    /// <summary>Where a block of the composed generation is: see <see cref="GenerationBlocks.PlaceOf"/>.</summary>
    public uint PlaceOf(int block) => _blocks.PlaceOf(block);

    Status Walk(Slot slot, ushort generation, bool withPending, bool composes)
    {
        Status status = OpenLog(slot, withPending);
        if (status != Status.Ok)
        {
            return status;
        }

        if (generation == 0 || generation > _log.Newest)
        {
            return Status.NotFound;
        }

        int length = 0;
        for (ushort next = generation; next != 0; next = _log.BaseOf(next))
        {
            _chain[length++] = next;
        }

        if (composes)
        {
            _blocks.Begin(_ground.Manifest);
        }

        byte[] baseDigest = _ground.ManifestDigest;
        for (int i = length - 1; i >= 0 && status == Status.Ok; i--)
        {
            _step = 1 - _step;
            status = LoadStep(_chain[i], slot, baseDigest);
            if (status == Status.Ok && composes)
            {
                status = _blocks.Apply(slot, Tables, _chain[i]);
            }

            baseDigest = Tables.ManifestDigest;
        }

        return status;
    }

    Status LoadStep(ushort generation, Slot slot, byte[] baseDigest)
    {
        ContainerTables tables = Tables;
        byte[] bytes = _stepBytes[_step];
        Status status = _log.CheckContainer(generation);
        if (status == Status.Ok)
        {
            status = _log.ReadContainer(generation, 0, _header, 0, ContainerHeader.SizeBytes);
        }

        if (status == Status.Ok)
        {
            status = tables.ReadHeader(_header, ContainerHeader.SizeBytes, _tablesBytesMax);
        }

        if (status == Status.Ok && (tables.Header.Kind != ContainerKind.Delta
            || tables.Header.ContainerBytes != _log.ContainerBytesOf(generation)))
        {
            status = Status.BadLength;
        }

        if (status == Status.Ok)
        {
            status = _log.ReadContainer(
                generation, ContainerHeader.SizeBytes, bytes, 0, (int)tables.Header.TablesBytes);
        }

        if (status == Status.Ok)
        {
            status = tables.Parse(bytes);
        }

        if (status == Status.Ok)
        {
            status = StoredImage.CheckGeometry(tables.Manifest, slot);
        }

        return status == Status.Ok
            && !Bytes.Equal(tables.Header.BaseDigest, 0, baseDigest, 0, Manifest.DigestBytes)
            ? Status.WrongBase
            : status;
    }
}
