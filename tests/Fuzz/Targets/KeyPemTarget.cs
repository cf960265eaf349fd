using System.Text;
using Twinbank.Core.Tests.Rig;
using Twinbank.Errors;
using Twinbank.Images.Keys;

namespace Twinbank.Fuzz.Targets;

internal sealed class KeyPemTarget : FuzzTarget
{
    const string Passphrase = "fuzz";

    public override IReadOnlyList<byte[]> Seeds()
    {
        SigningKey p256 = SampleImages.P256Key;
        string[] texts =
        [
            TestDevice.Key.ToPem(), TestDevice.Key.PublicKey.ToPem(), p256.ToPem(), p256.PublicKey.ToPem(),
            TestDevice.Key.ToPem(Passphrase),
        ];
        return [.. texts.Select(Encoding.ASCII.GetBytes)];
    }

    public override void Run(byte[] input)
    {
        string text = Encoding.UTF8.GetString(input);
        Refusable(() => KeyPem.ReadPublic(text, "input", () => Passphrase));
        Refusable(() => KeyPem.ReadPrivate(text, "input", () => Passphrase));
    }

    static void Refusable(Action read)
    {
        try
        {
            read();
        }
        catch (FirmwareException refusal)
        {
            Assert.AreNotEqual("", refusal.Remedy);
        }
    }
}
