using Twinbank.Core;
using Twinbank.Core.Recipes;

namespace Twinbank.Deltas.Tests;

/// <summary>
/// Two versions of a made-up program: functions that call each other, and in the second one some that grew.
/// </summary>
static class MovedCode
{
    const int FunctionCount = 160;
    const int FunctionBytes = 96;
    const int InsertBytes = 20;

    internal static (CodeImage Old, CodeImage Next) Make(
        ReferenceKind kind, int seed, uint oldAddress, uint nextAddress)
    {
        int[] grown = [FunctionCount / 5, FunctionCount / 2];
        return (Link(kind, seed, oldAddress, []), Link(kind, seed, nextAddress, grown));
    }

    static CodeImage Link(ReferenceKind kind, int seed, uint address, int[] grown)
    {
        uint[] starts = new uint[FunctionCount];
        uint next = address;
        for (int i = 0; i < FunctionCount; i++)
        {
            starts[i] = next;
            next += FunctionBytes + (Array.IndexOf(grown, i) >= 0 ? InsertBytes : 0u);
        }

        byte[] payload = new byte[next - address];
        for (int i = 0; i < FunctionCount; i++)
        {
            // The same bytes for the same function whatever its place: only its references are linked.
            byte[] body = Samples.Noise((seed * 1000) + i, FunctionBytes);
            var random = new Random((seed * 1000) + i);
            int at = (int)(starts[i] - address);
            body.CopyTo(payload, at);
            for (int call = 0; call < FunctionBytes - 8; call += 12)
            {
                WriteReference(kind, payload, at + call, address, starts[random.Next(FunctionCount)]);
            }
        }

        return new CodeImage(payload, address, []);
    }

    static void WriteReference(ReferenceKind kind, byte[] payload, int at, uint address, uint goal)
    {
        uint branch = kind == ReferenceKind.Thumb ? 0xF800F000 : 0xEFu;
        uint place = address + (uint)at;
        LittleEndian.WriteU32(payload, at, CodeReference.WithDistance(kind, branch, goal - place));
        LittleEndian.WriteU32(payload, at + 4, goal);
    }
}
