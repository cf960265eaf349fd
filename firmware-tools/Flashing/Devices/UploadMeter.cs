namespace Twinbank.Flashing.Devices;

/// <summary>Counts an upload's bytes and reports them.</summary>
internal sealed class UploadMeter(long totalBytes, IProgress<UploadProgress>? progress, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private long _sentBytes;
    private long _skippedBytes;

    public void Sent(int count) => _sentBytes += count;

    /// <summary>The device wants this offset next, which jumps over so many bytes.</summary>
    public void Reached(long offset, long skipped)
    {
        _skippedBytes += skipped;
        double seconds = time.GetElapsedTime(_start).TotalSeconds;
        double rate = seconds > 0 ? _sentBytes / seconds : 0;
        progress?.Report(new UploadProgress(offset, totalBytes, _sentBytes, _skippedBytes, rate));
    }
}
