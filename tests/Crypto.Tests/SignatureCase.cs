using Twinbank.Core.Checks;

namespace Twinbank.Crypto.Tests;

/// <summary>A key, a message and a signature, each in an array of its own size.</summary>
internal sealed record SignatureCase(byte[] PublicKey, byte[] Message, byte[] Signature)
{
    public bool IsAcceptedBy(SignatureAlgorithm algorithm)
        => algorithm.Verify(PublicKey, 0, Message, 0, Message.Length, Signature, 0);

    /// <summary>Every case that differs from this one in one byte, by a flipped bit and by a whole new value.</summary>
    public IEnumerable<(string What, SignatureCase Changed)> OneByteMutations()
    {
        foreach (byte mask in new byte[] { 0x01, 0x80, 0xFF })
        {
            for (int i = 0; i < PublicKey.Length; i++)
            {
                yield return ($"key byte {i} ^ {mask:X2}", this with { PublicKey = Flip(PublicKey, i, mask) });
            }

            for (int i = 0; i < Message.Length; i++)
            {
                yield return ($"message byte {i} ^ {mask:X2}", this with { Message = Flip(Message, i, mask) });
            }

            for (int i = 0; i < Signature.Length; i++)
            {
                yield return ($"signature byte {i} ^ {mask:X2}", this with { Signature = Flip(Signature, i, mask) });
            }
        }
    }

    static byte[] Flip(byte[] bytes, int index, byte mask)
    {
        byte[] copy = (byte[])bytes.Clone();
        copy[index] ^= mask;
        return copy;
    }
}
