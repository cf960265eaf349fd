using System.Runtime;
using Internal.Runtime;
using Twinbank.BareMetal.Machine;
using Twinbank.Core.Trust;

namespace Twinbank.BareMetal.EmcraftSf2;

static unsafe class Program
{
    [RuntimeExport("boot_main")]
    static void Main(ImageInfo* image, MemoryMap* map)
    {
        ImageStart.Run(image, &Faults.OnPanic);
        Board board = Board.Create(map);
        Faults.Report(board);
        board.ProbeFlash();
        BootProgram.Run(board, new BoardTraits
        {
            HardwareRevision = 1, Translation = Translation.None, GranuleBytes = 1, SlotHeaderBytes = 0x10000,
            BlockBytes = 0x10000, ScratchBytes = 1024, TablesBytesMax = 3072, RequestBytesMax = 1024, RequestCount = 2,
        });
    }
}
