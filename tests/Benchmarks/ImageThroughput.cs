using System.Diagnostics;
using System.Globalization;
using Twinbank.Boards;
using Twinbank.Formats;
using Twinbank.Images;
using Twinbank.Images.Building;
using Twinbank.Images.Containers;
using Twinbank.Images.Keys;
using Twinbank.Images.Updates;
using Twinbank.Images.Verifying;

namespace Twinbank.Benchmarks;

/// <summary>Building with signing, and verifying, from file to file.</summary>
internal sealed class ImageThroughput : Benchmark
{
    const int PayloadBytes = 64 * 1024 * 1024;
    const int Rounds = 7;
    const double VerifyRatioMin = 0.8;

    public override string Name => "image";

    public override string Explanation
        => "A payload of 64 MiB of random bytes is read from a file, built, signed and written; then read and verified. "
            + "The yardstick is `openssl dgst -sha256` over the same file, start of the process included. Fastest of "
            + $"{Rounds} runs each, taking turns.";

    public override IEnumerable<Measure> Run()
    {
        string folder = Directory.CreateTempSubdirectory("twinbank-benchmark-").FullName;
        try
        {
            return Run(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static Measure[] Run(string folder)
    {
        Board board = LargeBoard.Load(folder);
        var key = SigningKey.FromSecret(KeyAlgorithm.Ed25519, Enumerable.Repeat((byte)7, 32).ToArray());
        string payloadPath = Path.Combine(folder, "payload.bin");
        string imagePath = Path.Combine(folder, "image.fwi");
        byte[] payload = new byte[PayloadBytes];
        new Random(1).NextBytes(payload);
        File.WriteAllBytes(payloadPath, payload);
        double[] seconds = Stopwatches.FastestSeconds(
            Rounds,
            () => Digest(payloadPath),
            () => Build(board, key, payloadPath, imagePath),
            () => Verify(key, imagePath));
        return
        [
            new("openssl dgst -sha256", Rate(seconds[0]), "1.00"),
            new("build and sign", Rate(seconds[1]), Ratio(seconds[0], seconds[1])),
            new("verify", Rate(seconds[2]), Ratio(seconds[0], seconds[2]), $"at least {Text(VerifyRatioMin)}",
                seconds[0] / seconds[2] >= VerifyRatioMin),
        ];
    }

    static void Digest(string path)
    {
        using var process = Process.Start(
            new ProcessStartInfo("openssl", ["dgst", "-sha256", path]) { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
    }

    static void Build(Board board, SigningKey key, string payloadPath, string imagePath)
    {
        var options = new PayloadReadOptions { Format = PayloadFormat.Raw, BaseAddress = board.VirtualBase };
        TargetImage image = ImageBuilder.Build(new ImageRequest
        {
            Board = board,
            Payload = PayloadReader.Read(payloadPath, options),
            Name = "benchmark",
            Version = new ImageVersion(1, 0, 0, 0),
            Keys = [key],
        });
        File.WriteAllBytes(imagePath, FullContainer.Write(image));
    }

    static void Verify(SigningKey key, string imagePath)
        => ImageVerifier.Verify(ContainerFile.Load(imagePath), [key.PublicKey], baseImage: null);

    static string Rate(double seconds) => $"{Text(PayloadBytes / seconds / (1024 * 1024))} MiB/s";

    static string Ratio(double yardstick, double seconds) => Text(yardstick / seconds);

    static string Text(double value) => value.ToString(value < 10 ? "F2" : "F0", CultureInfo.InvariantCulture);
}
