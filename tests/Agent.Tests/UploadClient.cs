using System.Security.Cryptography;
using Twinbank.Core.Smp;

namespace Twinbank.Agent.Tests;

/// <summary>
/// Uploads as the recorded client does: version 0, one request at a time, "image" in every chunk, then wherever the
/// device says.
/// </summary>
internal static class UploadClient
{
    private const int DataBytes = 340;

    /// <summary>Sends until the end or past an offset; gives the last answer.</summary>
    public static Dictionary<string, object?> Send(AgentBench bench, byte[] data, int untilOffset = int.MaxValue)
    {
        Dictionary<string, object?> answer = SendFirst(bench, data);
        while (answer.TryGetValue("off", out object? offset) && (uint)offset! < Math.Min(data.Length, untilOffset))
        {
            answer = SendAt(bench, data, (int)(uint)offset);
        }

        return answer;
    }

    public static Dictionary<string, object?> SendFirst(AgentBench bench, byte[] data, int count = 297)
        => bench.Ask(
            SmpOperation.Write, SmpGroup.Image, SmpGroup.ImageUpload,
            map =>
            {
                map.WriteTextString("image");
                map.WriteUInt32(0);
                map.WriteTextString("off");
                map.WriteUInt32(0);
                map.WriteTextString("len");
                map.WriteUInt32((uint)data.Length);
                map.WriteTextString("sha");
                map.WriteByteString(SHA256.HashData(data));
                map.WriteTextString("data");
                map.WriteByteString(data.AsSpan(0, Math.Min(count, data.Length)));
            });

    public static Dictionary<string, object?> SendAt(AgentBench bench, byte[] data, int offset, int count = DataBytes)
        => bench.Ask(
            SmpOperation.Write, SmpGroup.Image, SmpGroup.ImageUpload,
            map =>
            {
                map.WriteTextString("image");
                map.WriteUInt32(0);
                map.WriteTextString("off");
                map.WriteUInt32((uint)offset);
                map.WriteTextString("data");
                map.WriteByteString(data.AsSpan(offset, Math.Min(count, data.Length - offset)));
            });
}
