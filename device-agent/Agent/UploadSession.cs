using Twinbank.Core;

namespace Twinbank.Agent;

/// <summary>Which upload is under way, so that a client that lost its place finds it again.</summary>
sealed class UploadSession
{
    internal const int DigestBytes = 32;

    readonly byte[] _digest = new byte[DigestBytes];
    bool _hasDigest;

    /// <summary>True from the first chunk until a failure, an erase or another upload; also after the last
    /// chunk.</summary>
    internal bool IsOpen { get; private set; }

    internal uint TotalBytes { get; private set; }

    /// <summary>True when it goes beside the running image.</summary>
    internal bool IsOverlay { get; set; }

    internal void Open(uint totalBytes, byte[] source, int digestOffset, int digestBytes)
    {
        IsOpen = true;
        TotalBytes = totalBytes;
        _hasDigest = digestBytes == DigestBytes;
        if (_hasDigest)
        {
            Bytes.Copy(source, digestOffset, _digest, 0, DigestBytes);
        }
    }

    internal void Close() => IsOpen = false;

    /// <summary>True when a first chunk with this length and digest means the upload that is open.</summary>
    internal bool IsSame(uint totalBytes, byte[] source, int digestOffset, int digestBytes)
        => IsOpen && _hasDigest && digestBytes == DigestBytes && totalBytes == TotalBytes
            && Bytes.Equal(source, digestOffset, _digest, 0, DigestBytes);

    internal bool HasDigest => _hasDigest;
}
