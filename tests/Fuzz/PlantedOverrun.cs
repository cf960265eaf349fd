namespace Twinbank.Fuzz;

/// <summary>Known bad: believes a length byte without looking at what is there.</summary>
internal sealed class PlantedOverrun : FuzzTarget
{
    public override IReadOnlyList<byte[]> Seeds() => [[0x54, 2, 1, 1]];

    public override void Run(byte[] input)
    {
        if (input.Length < 2 || input[0] != 0x54)
        {
            return;
        }

        int sum = 0;
        for (int i = 0; i < input[1]; i++)
        {
            sum += input[2 + i];
        }

        Assert.IsGreaterThanOrEqualTo(0, sum);
    }
}
