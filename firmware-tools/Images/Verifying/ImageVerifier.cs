using System.Collections.Concurrent;
using System.Security.Cryptography;
using Twinbank.Core;
using Twinbank.Core.Format;
using Twinbank.Core.Recipes;
using Twinbank.Images.Containers;
using Twinbank.Images.Keys;
using Twinbank.Images.Updates;

namespace Twinbank.Images.Verifying;

/// <summary>Says whether a device would accept a container, as far as a host can know.</summary>
public static class ImageVerifier
{
    /// <summary>
    /// Checks signatures and every block hash; a delta needs its base image for the latter. FW2006 or FW2007 for the
    /// signatures, FW2005 for a block, FW2102 for a delta without its base.
    /// </summary>
    /// <returns>Each signature with its outcome; at least one is valid.</returns>
    public static IReadOnlyList<SignatureCheck> Verify(
        ContainerFile container, IReadOnlyList<PublicKey> trusted, TargetImage? baseImage,
        params RecipeDecoder[] decoders)
    {
        IReadOnlyList<SignatureCheck> checks = SignatureCheck.CheckAll(container, trusted);
        StatusErrors.ThrowUnlessOk(SignatureCheck.Judge(checks), container.Subject);
        if (container.IsDelta || HasCodedBlocks(container))
        {
            new ContainerDecoder(decoders).Decode(container, baseImage);
        }
        else
        {
            VerifyStoredBlocks(container);
        }

        return checks;
    }

    static bool HasCodedBlocks(ContainerFile container)
        => Enumerable.Range(0, container.Manifest.BlockCount).Any(block => container.Carriers.CodecId(block) != 0);

    // Hashed where they lie, on all cores: an image of many megabytes takes as long as hashing it.
    static void VerifyStoredBlocks(ContainerFile container)
    {
        Manifest manifest = container.Manifest;
        var corrupt = new ConcurrentBag<int>();
        Parallel.For(0, manifest.BlockCount, block =>
        {
            int carrier = block;
            while (container.Carriers.Method(carrier) == CarrierMethod.Duplicate)
            {
                carrier = (int)container.Carriers.Argument(carrier);
            }

            Span<byte> digest = stackalloc byte[Manifest.DigestBytes];
            SHA256.HashData(container.CarriedSpan(carrier), digest);
            if (!digest.SequenceEqual(manifest.Source.AsSpan(manifest.BlockDigestSourceOffset(block), digest.Length)))
            {
                corrupt.Add(block);
            }
        });
        if (!corrupt.IsEmpty)
        {
            throw StatusErrors.ToException(Status.BadDigest, $"Block {corrupt.Min()} of {container.Subject}");
        }
    }
}
