using Twinbank.Core.Checks;

namespace Twinbank.Crypto.Tests;

/// <summary>What both verifiers promise to the boot stage: no exception on any input, and no memory.</summary>
[TestClass]
public sealed class VerifierContractTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void Refuses_ranges_outside_the_arrays(int algorithmId)
    {
        (SignatureAlgorithm verifier, SignatureCase valid) = Create(algorithmId);
        int[] wrongOffsets = [-1, 1, 64, int.MaxValue, int.MinValue];
        foreach (int offset in wrongOffsets)
        {
            Assert.IsFalse(verifier.Verify(valid.PublicKey, offset, valid.Message, 0, 56, valid.Signature, 0));
            Assert.IsFalse(verifier.Verify(valid.PublicKey, 0, valid.Message, offset, 56, valid.Signature, 0));
            Assert.IsFalse(verifier.Verify(valid.PublicKey, 0, valid.Message, 0, 56, valid.Signature, offset));
        }

        foreach (int count in new[] { -1, 57, int.MaxValue, int.MinValue })
        {
            Assert.IsFalse(verifier.Verify(valid.PublicKey, 0, valid.Message, 0, count, valid.Signature, 0));
        }

        Assert.IsFalse(verifier.Verify(null!, 0, valid.Message, 0, 56, valid.Signature, 0));
        Assert.IsFalse(verifier.Verify(valid.PublicKey, 0, null!, 0, 56, valid.Signature, 0));
        Assert.IsFalse(verifier.Verify(valid.PublicKey, 0, valid.Message, 0, 56, null!, 0));
        Assert.IsTrue(valid.IsAcceptedBy(verifier), "The verifier works on after refusals.");
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void Refuses_every_prefix_of_a_signature_and_of_a_key(int algorithmId)
    {
        (SignatureAlgorithm verifier, SignatureCase valid) = Create(algorithmId);
        for (int count = 0; count < valid.Signature.Length; count++)
        {
            Assert.IsFalse((valid with { Signature = valid.Signature[..count] }).IsAcceptedBy(verifier));
        }

        for (int count = 0; count < valid.PublicKey.Length; count++)
        {
            Assert.IsFalse((valid with { PublicKey = valid.PublicKey[..count] }).IsAcceptedBy(verifier));
        }
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void Allocates_nothing_while_it_verifies(int algorithmId)
    {
        (SignatureAlgorithm verifier, SignatureCase valid) = Create(algorithmId);
        Assert.IsTrue(valid.IsAcceptedBy(verifier));
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool accepted = true;
        for (int i = 0; i < 10; i++)
        {
            accepted &= valid.IsAcceptedBy(verifier);
        }

        long allocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.IsTrue(accepted);
        Assert.AreEqual(0, allocatedBytes);
    }

    static (SignatureAlgorithm Verifier, SignatureCase Valid) Create(int algorithmId) => algorithmId == 1
        ? (new Ed25519Verifier(), Ed25519VerifierTests.Sign(new Random(1), messageBytes: 56))
        : (new EcdsaP256Verifier(), EcdsaP256VerifierTests.Sign(new Random(2), messageBytes: 56));
}
