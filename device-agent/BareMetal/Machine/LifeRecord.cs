using Twinbank.Boot;

namespace Twinbank.BareMetal.Machine;

/// <summary>
/// What one life of the board tells the next: a few words of RAM that start-up leaves alone, so they survive every
/// reset but not power loss. A check word tells a message from whatever RAM holds after power-on.
/// </summary>
static unsafe class LifeRecord
{
    const uint Magic = 0x4546494C; // the bytes LIFE

    /// <summary>Nobody announced a reset: if the next boot finds this, it came from outside.</summary>
    const uint NoAnnouncement = 0xFFFFFFFF;

    struct Record
    {
        internal uint Magic;
        internal uint Announced;
        internal uint FaultKind;
        internal uint InApplication;
        internal uint ProgramCounter;
        internal uint LinkRegister;
        internal uint StatusWord;
        internal uint Address;
        internal uint Check;
    }

    static Record* s_record;

    /// <summary>
    /// Reads what the previous life left and starts a record for this one. The cause is PowerOn when there is no
    /// message; a fault without details of its own leaves <paramref name="fault"/> as it is.
    /// </summary>
    internal static ResetCause Begin(void* memory, FaultRecord fault)
    {
        s_record = (Record*)memory;
        ResetCause cause = ResetCause.PowerOn;
        if (s_record->Magic == Magic && s_record->Check == Sum())
        {
            cause = s_record->Announced == NoAnnouncement ? ResetCause.External : (ResetCause)s_record->Announced;
            if ((FaultKind)s_record->FaultKind != FaultKind.None)
            {
                fault.Kind = (FaultKind)s_record->FaultKind;
                fault.InApplication = s_record->InApplication != 0;
                fault.ProgramCounter = s_record->ProgramCounter;
                fault.LinkRegister = s_record->LinkRegister;
                fault.StatusWord = s_record->StatusWord;
                fault.Address = s_record->Address;
            }
        }

        *s_record = default;
        s_record->Magic = Magic;
        s_record->Announced = NoAnnouncement;
        s_record->Check = Sum();
        return cause;
    }

    /// <summary>Leaves word about a reset that is about to happen.</summary>
    internal static void Announce(ResetCause cause)
    {
        s_record->Announced = (uint)cause;
        s_record->Check = Sum();
    }

    /// <summary>
    /// True when this life has recorded a fault already: then something is wrong with recording itself.
    /// </summary>
    internal static bool HasFault => (FaultKind)s_record->FaultKind != FaultKind.None;

    /// <summary>Leaves word about a fault and about the reset that follows it.</summary>
    internal static void AnnounceFault(
        FaultKind kind, bool inApplication, uint programCounter, uint linkRegister, uint statusWord, uint address)
    {
        s_record->FaultKind = (uint)kind;
        s_record->InApplication = inApplication ? 1u : 0u;
        s_record->ProgramCounter = programCounter;
        s_record->LinkRegister = linkRegister;
        s_record->StatusWord = statusWord;
        s_record->Address = address;
        Announce(kind == FaultKind.Watchdog ? ResetCause.Watchdog : ResetCause.Fault);
    }

    static uint Sum()
    {
        uint sum = 0;
        for (uint* word = (uint*)s_record; word < &s_record->Check; word++)
        {
            sum = ((sum << 5) | (sum >> 27)) ^ *word;
        }

        return ~sum;
    }
}
