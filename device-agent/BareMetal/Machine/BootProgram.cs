using Internal.Runtime;
using Twinbank.Boot;
using Twinbank.Core;
using Twinbank.Core.Checks;
using Twinbank.Core.Install;
using Twinbank.Core.Journal;
using Twinbank.Core.Recipes;
using Twinbank.Core.Slots;
using Twinbank.Core.Trust;
using Twinbank.Crypto;

namespace Twinbank.BareMetal.Machine;

/// <summary>
/// Puts the portable boot stage together on a board and runs it. The only place that takes memory after start-up.
/// </summary>
static class BootProgram
{
    const ushort AgentMajor = 1;
    const ushort AgentMinor = 0;

    /// <summary>Does not return on a board whose flash answers.</summary>
    internal static void Run(BareMetalPlatform board, BoardTraits traits)
    {
        DeviceIdentity identity = new();
        Bytes.Copy(board.BoardId, 0, identity.BoardId, 0, board.BoardId.Length);
        identity.HardwareRevision = traits.HardwareRevision;
        identity.Translation = traits.Translation;
        identity.TranslationGranuleBytes = traits.GranuleBytes;
        identity.AgentMajor = AgentMajor;
        identity.AgentMinor = AgentMinor;

        SignatureAlgorithm[] algorithms = { new Ed25519Verifier(), new EcdsaP256Verifier() };
        Sha256 sha256 = new();
        TrustStore trust = new(sha256, algorithms);
        TrustedKeys.AddTo(trust);
        DeviceStorage storage = new(
            identity, new BootJournal(board.Journal), SlotOf(board, SlotId.A, traits), SlotOf(board, SlotId.B, traits),
            board.Slot(2) is null ? null : SlotOf(board, SlotId.Golden, traits), trust, sha256,
            traits.ScratchBytes, traits.TablesBytesMax);
        if (board.ComposeMemory is not null)
        {
            RecipeDecoder[] launchDecoders = { new RangeRecipeDecoder() };
            RecipeDecoder[] agentDecoders = { new RangeRecipeDecoder() };
            storage.OfferComposing(board.ComposeMemory, launchDecoders, agentDecoders);
        }

        ImageControl control = new(storage);
        RecipeDecoder[] decoders = { new RangeRecipeDecoder() };
        SmpAgent agent = new(
            board, storage, control, decoders, traits.BlockBytes, traits.RequestBytesMax, traits.RequestCount);
        BootStage stage = new(board, storage, control, agent);
        Heap.Close();
        stage.Run();
    }

    static Slot SlotOf(BareMetalPlatform board, SlotId id, BoardTraits traits)
        => new(id, board.Slot((int)id)!, traits.SlotHeaderBytes);
}
