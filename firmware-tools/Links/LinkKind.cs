namespace Twinbank.Links;

/// <summary>What carries the bytes.</summary>
public enum LinkKind
{
    Serial,
    Tcp,
    Unix,
}
