using Twinbank.Core;
using Twinbank.Core.Checks;

namespace Twinbank.Crypto;

/// <summary>
/// SHA-512 (FIPS 180-4), for Ed25519. 64-byte digest; messages up to 2^61 - 1 bytes. 332 bytes of working memory.
/// Written for small code: it hashes one manifest digest per verification, never an image.
/// </summary>
public sealed class Sha512 : DigestAlgorithm
{
    /// <summary>Length of the digest in bytes.</summary>
    public const int SizeBytes = 64;

    const int BlockBytes = 128;
    const int LengthOffset = BlockBytes - 8;

    // FIPS 180-4 section 4.2.3: fractional parts of the cube roots of the first 80 primes.
    static readonly ulong[] s_roundConstants =
    {
        0x428A2F98D728AE22, 0x7137449123EF65CD, 0xB5C0FBCFEC4D3B2F, 0xE9B5DBA58189DBBC,
        0x3956C25BF348B538, 0x59F111F1B605D019, 0x923F82A4AF194F9B, 0xAB1C5ED5DA6D8118,
        0xD807AA98A3030242, 0x12835B0145706FBE, 0x243185BE4EE4B28C, 0x550C7DC3D5FFB4E2,
        0x72BE5D74F27B896F, 0x80DEB1FE3B1696B1, 0x9BDC06A725C71235, 0xC19BF174CF692694,
        0xE49B69C19EF14AD2, 0xEFBE4786384F25E3, 0x0FC19DC68B8CD5B5, 0x240CA1CC77AC9C65,
        0x2DE92C6F592B0275, 0x4A7484AA6EA6E483, 0x5CB0A9DCBD41FBD4, 0x76F988DA831153B5,
        0x983E5152EE66DFAB, 0xA831C66D2DB43210, 0xB00327C898FB213F, 0xBF597FC7BEEF0EE4,
        0xC6E00BF33DA88FC2, 0xD5A79147930AA725, 0x06CA6351E003826F, 0x142929670A0E6E70,
        0x27B70A8546D22FFC, 0x2E1B21385C26C926, 0x4D2C6DFC5AC42AED, 0x53380D139D95B3DF,
        0x650A73548BAF63DE, 0x766A0ABB3C77B2A8, 0x81C2C92E47EDAEE6, 0x92722C851482353B,
        0xA2BFE8A14CF10364, 0xA81A664BBC423001, 0xC24B8B70D0F89791, 0xC76C51A30654BE30,
        0xD192E819D6EF5218, 0xD69906245565A910, 0xF40E35855771202A, 0x106AA07032BBD1B8,
        0x19A4C116B8D2D0C8, 0x1E376C085141AB53, 0x2748774CDF8EEB99, 0x34B0BCB5E19B48A8,
        0x391C0CB3C5C95A63, 0x4ED8AA4AE3418ACB, 0x5B9CCA4F7763E373, 0x682E6FF3D6B2B8A3,
        0x748F82EE5DEFB2FC, 0x78A5636F43172F60, 0x84C87814A1F0AB72, 0x8CC702081A6439EC,
        0x90BEFFFA23631E28, 0xA4506CEBDE82BDE9, 0xBEF9A3F7B2C67915, 0xC67178F2E372532B,
        0xCA273ECEEA26619C, 0xD186B8C721C0C207, 0xEADA7DD6CDE0EB1E, 0xF57D4F7FEE6ED178,
        0x06F067AA72176FBA, 0x0A637DC5A2C898A6, 0x113F9804BEF90DAE, 0x1B710B35131C471B,
        0x28DB77F523047D84, 0x32CAAB7B40C72493, 0x3C9EBE0A15C9BEBC, 0x431D67C49C100D4C,
        0x4CC5D4BECB3E42B6, 0x597F299CFC657E2A, 0x5FCB6FAB3AD6FAEC, 0x6C44198C4A475817,
    };

    // FIPS 180-4 section 5.3.5: fractional parts of the square roots of the first 8 primes.
    static readonly ulong[] s_initialState =
    {
        0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1,
        0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179,
    };

    readonly ulong[] _state = new ulong[8];
    readonly ulong[] _schedule = new ulong[16];
    readonly byte[] _block = new byte[BlockBytes];
    int _blockBytes;
    ulong _messageBytes;

    public Sha512() => Reset();

    public override int DigestBytes => SizeBytes;

    public override void Reset()
    {
        for (int i = 0; i < 8; i++)
        {
            _state[i] = s_initialState[i];
        }

        _blockBytes = 0;
        _messageBytes = 0;
    }

    public override void Update(byte[] data, int offset, int count)
    {
        _messageBytes += (uint)count;
        while (count > 0)
        {
            int free = BlockBytes - _blockBytes;
            int taken = count < free ? count : free;
            Bytes.Copy(data, offset, _block, _blockBytes, taken);
            offset += taken;
            count -= taken;
            _blockBytes += taken;
            if (_blockBytes == BlockBytes)
            {
                Compress();
            }
        }
    }

    public override void Finish(byte[] digest, int offset)
    {
        ulong bits = _messageBytes << 3;
        _block[_blockBytes++] = 0x80;
        // The length field is 128 bits wide; its upper half is zero because the count of bytes has 64 bits.
        if (_blockBytes > LengthOffset - 8)
        {
            Bytes.Fill(_block, _blockBytes, BlockBytes - _blockBytes, 0);
            Compress();
        }

        Bytes.Fill(_block, _blockBytes, LengthOffset - _blockBytes, 0);
        WriteU64(_block, LengthOffset, bits);
        Compress();
        for (int i = 0; i < 8; i++)
        {
            WriteU64(digest, offset + (8 * i), _state[i]);
        }
    }

    void Compress()
    {
        ulong[] w = _schedule;
        ulong[] s = _state;
        ulong a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7];
        for (int i = 0; i < 80; i++)
        {
            int j = i & 15;
            w[j] = i < 16 ? ReadU64(_block, 8 * i) : Extended(w, j);
            ulong t = h + Sum1(e) + (g ^ (e & (f ^ g))) + s_roundConstants[i] + w[j];
            h = g;
            g = f;
            f = e;
            e = d + t;
            t += Sum0(a) + ((a & b) | (c & (a | b)));
            d = c;
            c = b;
            b = a;
            a = t;
        }

        s[0] += a;
        s[1] += b;
        s[2] += c;
        s[3] += d;
        s[4] += e;
        s[5] += f;
        s[6] += g;
        s[7] += h;
        _blockBytes = 0;
    }

    static ulong Extended(ulong[] w, int j)
        => w[j] + Sigma0(w[(j + 1) & 15]) + w[(j + 9) & 15] + Sigma1(w[(j + 14) & 15]);

    static ulong Sum0(ulong x) => ((x >> 28) | (x << 36)) ^ ((x >> 34) | (x << 30)) ^ ((x >> 39) | (x << 25));

    static ulong Sum1(ulong x) => ((x >> 14) | (x << 50)) ^ ((x >> 18) | (x << 46)) ^ ((x >> 41) | (x << 23));

    static ulong Sigma0(ulong x) => ((x >> 1) | (x << 63)) ^ ((x >> 8) | (x << 56)) ^ (x >> 7);

    static ulong Sigma1(ulong x) => ((x >> 19) | (x << 45)) ^ ((x >> 61) | (x << 3)) ^ (x >> 6);

    static ulong ReadU64(byte[] source, int offset)
        => ((ulong)BigEndian.ReadU32(source, offset) << 32) | BigEndian.ReadU32(source, offset + 4);

    static void WriteU64(byte[] target, int offset, ulong value)
    {
        BigEndian.WriteU32(target, offset, (uint)(value >> 32));
        BigEndian.WriteU32(target, offset + 4, (uint)value);
    }
}
