namespace Twinbank.Boards;

/// <summary>Typical times of a flash part: what an update is going to cost, not what the part promises.</summary>
/// <param name="EraseMicroseconds">Erase of one sector.</param>
/// <param name="ProgramBytes">Bytes that one program operation takes.</param>
/// <param name="ProgramMicroseconds">One program operation.</param>
/// <param name="Source">Data sheet and section.</param>
public sealed record FlashTimes(int EraseMicroseconds, int ProgramBytes, int ProgramMicroseconds, string Source)
{
    /// <summary>Seconds that so much work takes.</summary>
    public double Seconds(long sectorErases, long programmedBytes)
        => ((sectorErases * (double)EraseMicroseconds)
            + (programmedBytes * (double)ProgramMicroseconds / ProgramBytes)) / 1e6;
}
