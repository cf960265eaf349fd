using Twinbank.Core;
using Twinbank.Core.Smp;

namespace Twinbank.Fuzz.Targets;

/// <summary>The input is read as CBOR; its own bytes say in which order the reader is asked.</summary>
internal sealed class CborReaderTarget : FuzzTarget
{
    const int StepsMax = 10_000;

    public override IReadOnlyList<byte[]> Seeds() =>
    [
        Convert.FromHexString("A26364617441FF636F666600"),
        Convert.FromHexString("BF6373686158200102030405060708091011121314151617181920212223242526272829303132FF"),
        Convert.FromHexString("A1666F7574707574837F61616162FF9F0102FFA2617801617920"),
    ];

    public override void Run(byte[] input)
    {
        var reader = new CborReader();
        reader.Reset(input, 0, input.Length);
        for (int step = 0; step < StepsMax && reader.Status == Status.Ok && reader.Position < input.Length; step++)
        {
            int position = reader.Position;
            Ask(reader, input[(step * 7) % input.Length] % 10);
            Assert.IsInRange(position, input.Length, reader.Position, "The reader must not go back or past the end.");
        }

        var skipper = new CborReader();
        skipper.Reset(input, 0, input.Length);
        skipper.Skip();
        skipper.ExpectEnd();
    }

    static void Ask(CborReader reader, int question)
    {
        switch (question)
        {
            case 0: reader.EnterMap(); break;
            case 1: reader.EnterArray(); break;
            case 2: reader.NextKey(); break;
            case 3: reader.NextItem(); break;
            case 4: reader.ReadUnsigned(); break;
            case 5: reader.ReadInteger(); break;
            case 6: reader.ReadBytes(out _, out _); break;
            case 7: reader.ReadText(out _, out _); break;
            case 8: reader.TryReadNull(); break;
            default: reader.Skip(); break;
        }
    }
}
