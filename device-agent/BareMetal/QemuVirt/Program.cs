using System.Runtime;
using Internal.Runtime;
using Twinbank.BareMetal.Machine;
using Twinbank.Core.Trust;

namespace Twinbank.BareMetal.QemuVirt;

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
            HardwareRevision = 1, Translation = Translation.MmuPages, GranuleBytes = 4096, SlotHeaderBytes = 0x40000,
            BlockBytes = 0x40000, ScratchBytes = 4096, TablesBytesMax = 16384, RequestBytesMax = 4096, RequestCount = 4,
        });
    }
}
