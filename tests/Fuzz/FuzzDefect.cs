namespace Twinbank.Fuzz;

/// <summary>An input that a parser did not survive.</summary>
internal sealed record FuzzDefect(string Id, byte[] Input, string Complaint)
{
    const int HexBytesMax = 512;

    /// <summary>What a person needs to make a named test of it.</summary>
    public override string ToString()
    {
        string hex = Convert.ToHexString(Input.AsSpan(0, Math.Min(HexBytesMax, Input.Length)));
        string more = Input.Length > HexBytesMax ? $"... ({Input.Length} bytes in all)" : "";
        return $"""
            {Complaint}
            Input: {hex}{more}
            Again: TWINBANK_FUZZ={Id} dotnet run --project tests/Fuzz
            Then write a test of the parser with these bytes, and mend it.
            """;
    }
}
