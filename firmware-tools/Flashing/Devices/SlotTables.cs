using System.Security.Cryptography;
using Twinbank.Core.Format;

namespace Twinbank.Flashing.Devices;

/// <summary>Manifest and signatures as they lie in a slot, checked for their structure.</summary>
/// <param name="ManifestBytes">The manifest.</param>
/// <param name="SignatureArea">The signatures.</param>
/// <param name="Manifest">The manifest, parsed.</param>
public sealed record SlotTables(byte[] ManifestBytes, byte[] SignatureArea, Manifest Manifest)
{
    /// <summary>The image's identity: SHA-256 of the manifest.</summary>
    public byte[] ManifestDigest { get; } = SHA256.HashData(ManifestBytes);
}
