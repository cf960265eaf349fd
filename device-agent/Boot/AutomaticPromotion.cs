using Twinbank.Core;
using Twinbank.Core.Format;
using Twinbank.Core.Install;

namespace Twinbank.Boot;

/// <summary>
/// Makes the running image golden once it has run long enough without a reset, where its manifest says so. One block
/// per turn, so that the application is not kept waiting; power loss leaves what <see cref="GoldenPromoter"/> promises,
/// and the next life starts to count again.
/// </summary>
sealed class AutomaticPromotion
{
    readonly BootPlatform _platform;
    readonly AgentService _agent;
    readonly byte[] _digest = new byte[Manifest.DigestBytes];
    uint _waitMilliseconds;
    uint _since;
    bool _isWanted;
    bool _isCounting;

    internal AutomaticPromotion(BootPlatform platform, AgentService agent)
    {
        _platform = platform;
        _agent = agent;
    }

    /// <summary>An image is about to run.</summary>
    internal void NoteLaunch(Manifest manifest, byte[] manifestDigest)
    {
        uint seconds = PromotionRule.AfterSeconds(manifest);
        Bytes.Copy(manifestDigest, 0, _digest, 0, Manifest.DigestBytes);
        _waitMilliseconds = seconds * 1000;
        _isWanted = seconds > 0;
        _isCounting = false;
    }

    /// <summary>One turn while a confirmed image runs; the time counts from the first one.</summary>
    internal void Poll()
    {
        if (!_isWanted)
        {
            return;
        }

        if (!_isCounting)
        {
            _isCounting = true;
            _since = _platform.Milliseconds;
        }
        else if (_platform.Milliseconds - _since >= _waitMilliseconds)
        {
            // What fails now would fail in every turn: the next life tries again.
            _isWanted = _agent.Promote(_digest) == Status.NeedMoreData;
        }
    }
}
