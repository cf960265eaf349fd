namespace Twinbank.Flashing.Devices;

/// <summary>How far an upload is.</summary>
/// <param name="OffsetBytes">Bytes of the container that the device has no more use for.</param>
/// <param name="TotalBytes">Bytes of the container.</param>
/// <param name="SentBytes">Bytes of the container that went over the link so far, resends included.</param>
/// <param name="SkippedBytes">Bytes that did not have to be sent, because the device held their blocks.</param>
/// <param name="BytesPerSecond">Sent bytes per second since the start.</param>
public sealed record UploadProgress(
    long OffsetBytes, long TotalBytes, long SentBytes, long SkippedBytes, double BytesPerSecond);
