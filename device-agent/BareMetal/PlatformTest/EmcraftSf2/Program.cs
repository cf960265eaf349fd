using System.Runtime;
using Internal.Runtime;
using Twinbank.BareMetal.EmcraftSf2;

namespace Twinbank.BareMetal.PlatformTest.EmcraftSf2;

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
