namespace Twinbank.Layout.Planning;

/// <summary>
/// An entry of a block's pointer table: a branch at the address that a function had, so that those who hold this
/// address need not change. It stands in the block's data area, at the old address itself.
/// </summary>
/// <param name="Symbol">The function that the branch leads to.</param>
/// <param name="Address">Where the branch is, and where callers find the function.</param>
/// <param name="Key">The piece that the function is in now.</param>
public sealed record EntryPoint(string Symbol, uint Address, string Key)
{
    /// <summary>One branch instruction, on ARM (Thumb-2) and RISC-V.</summary>
    public const uint SizeBytes = 4;

    public AddressSpan Span => new(Address, Address + SizeBytes);
}
