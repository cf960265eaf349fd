using System.Runtime;
using Internal.Runtime;
using Twinbank.BareMetal.QemuVirt;

namespace Twinbank.BareMetal.PlatformTest.QemuVirt;

static unsafe class Program
{
    [RuntimeExport("boot_main")]
    static void Main(ImageInfo* image, MemoryMap* map)
    {
        ImageStart.Run(image, &Faults.OnPanic);
        Board board = Board.Create(map);
        Faults.Report(board);
        new Monitor(board).Run(board.ProbeFlash());
    }
}
