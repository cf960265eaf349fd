using Twinbank.Flashing.Devices;

namespace Twinbank.Flashing.Plans;

/// <summary>What happens while a plan is carried out.</summary>
/// <param name="Step">Where it is.</param>
/// <param name="Text">A few words for people: "slot B runs version 1.2.3 on trial".</param>
/// <param name="Upload">With <see cref="FlashStep.Upload"/>: how far it is.</param>
/// <param name="Blocks">With <see cref="FlashStep.Compact"/>: how far it is.</param>
public sealed record FlashEvent(
    FlashStep Step, string Text, UploadProgress? Upload = null, StepProgress? Blocks = null);
