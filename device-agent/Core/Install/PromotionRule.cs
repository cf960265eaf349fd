using Twinbank.Core.Format;

namespace Twinbank.Core.Install;

/// <summary>When a confirmed image becomes golden without being asked (specs/image.md section 3.3).</summary>
public static class PromotionRule
{
    /// <summary>Seconds that the image has to run on without a reset; 0: golden changes only on request.</summary>
    public static uint AfterSeconds(Manifest manifest)
    {
        int record = TlvRecords.Find(manifest, TlvRecords.Promotion);
        return record >= 0 ? LittleEndian.ReadU32(manifest.Source, record) : 0;
    }
}
