using System.Runtime;
using Internal.Runtime;
using Twinbank.BareMetal.Application;

namespace Twinbank.Samples.HelloManaged;

/// <summary>
/// The C# sample: says where it runs, counts heartbeats, and confirms itself when it has been well for the time that
/// the boot stage asks for.
/// </summary>
static unsafe class Program
{
    const uint HeartbeatMilliseconds = 1000;

    static ServiceText? s_text;

    [RuntimeExport("application_main")]
    static int Main(BootServiceTable* services, ImageInfo* image)
    {
        ImageStart.Run(image, &OnPanic);
        if (!services->IsValid)
        {
            return 1;
        }

        s_text = new ServiceText(services);
        PrintBanner(services, s_text);
        Run(services, s_text);
        return 0;
    }

    static void PrintBanner(BootServiceTable* services, ServiceText text)
    {
        bool isTrial = (services->Flags & BootServiceTable.TrialFlag) != 0;
        delegate*<BootServiceTable*, ServiceText, void> here = &PrintBanner;
        uint address = (uint)here & ~1u;
        text.Text("hello-managed ").Text(Release.Version).Text(": slot ").Text(SlotName(services->Slot))
            .Text(isTrial ? ", on trial" : ", confirmed").End();
        text.Text("hello-managed pc: virtual ").Hex(address).Text(", physical ")
            .Hex(services->PhysicalAddress(address)).Text(", slot at ").Hex(services->SlotPhysical).End();
        text.Text("hello-managed trial: ").Number(services->BootsLeft).Text(" boots left, probation ")
            .Number(services->ProbationMilliseconds).Text(" ms").End();
    }

    static void Run(BootServiceTable* services, ServiceText text)
    {
        Health health = new();
        uint start = services->Milliseconds();
        uint healthySince = start;
        uint beats = 0;
        bool isConfirmed = (services->Flags & BootServiceTable.TrialFlag) == 0;
        while (true)
        {
            services->Poll();
            uint now = services->Milliseconds();
            ShowDefect(now - start);
            if (now - start < (beats + 1) * HeartbeatMilliseconds)
            {
                continue;
            }

            beats++;
            text.Text("hello-managed ").Text(Release.Version).Text(" heartbeat ").Number(beats).Text(": slot ")
                .Text(SlotName(services->Slot)).Text(", ").Number((now - start) / 1000).Text(".")
                .Number((now - start) % 1000, 3).Text(" s").End();
            if (!health.Check())
            {
                healthySince = now;
            }
            else if (!isConfirmed && now - healthySince >= services->ProbationMilliseconds)
            {
                uint status = services->Confirm();
                isConfirmed = status == 0;
                text.Text("hello-managed ").Text(Release.Version).Text(" confirm: status ").Number(status)
                    .Text(" after ").Number(now - start).Text(" ms").End();
            }
        }
    }

    static void ShowDefect(uint milliseconds)
    {
        if (milliseconds < Release.DefectAfterMilliseconds)
        {
            return;
        }

        if (Release.Behaves == Behaviour.Fault)
        {
            ApplicationFault.Raise();
        }

        while (Release.Behaves == Behaviour.Hang)
        {
        }
    }

    static string SlotName(uint slot)
    {
        switch (slot)
        {
            case 0:
                return "A";
            case 1:
                return "B";
            default:
                return "golden";
        }
    }

    // A broken rule of the language ends like any other defect: with a fault that the boot stage records.
    static void OnPanic(PanicCode code, uint address, uint linkRegister)
    {
        s_text?.Text("hello-managed panic ").Number((uint)code).Text(" at ").Hex(address).End();
        ApplicationFault.Raise();
    }
}
