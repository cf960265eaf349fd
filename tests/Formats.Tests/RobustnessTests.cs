using System.Diagnostics;
using System.Text;
using Twinbank.Errors;

namespace Twinbank.Formats.Tests;

/// <summary>
/// Damaged files: each prefix and each file with one bit or byte changed gives a valid image or a FirmwareException,
/// soon and without taking much memory (invariant I7).
/// </summary>
[TestClass]
public sealed class RobustnessTests
{
    const long AllocatedBytesMax = 2_000_000;

    static readonly PayloadReadOptions s_withBase = new() { BaseAddress = 0x08000000 };

    static readonly (string Name, byte[] Content, PayloadReadOptions Options)[] s_samples =
    [
        ("elf", ElfTests.Sample(), Payloads.Automatic),
        ("hex", Text(":08FFF80068656C6C6F20776FE7", ":020000021000EC", ":10000000726C642C20746869732069732064617455",
            ":020000041000EA", ":01001000618E", ":040000030000FFF802", ":0400000500001234B1", ":00000001FF"),
            Payloads.Automatic),
        ("universal hex", Text(":020000040000FA", ":0400000A9903C0DEB8", ":0810140D0080070000E0070059", ":0000000BF5",
            ":0100000CFFF4", ":00000001FF"), Payloads.Automatic),
        ("srec", Text("S00900006F2E73726563AC", "S113800068656C6C6F20776F726C642C207468697F", "S205123456AAB4",
            "S30612345678AA3B", "S5030003F9", "S90380007C"), Payloads.Automatic),
        ("dfu", DfuTests.Signed([1, 2, 3, 4, 5, 6, 7, 8]), s_withBase),
        ("DfuSe", DfuTests.Signed(DfuTests.DfuSe(("first", 0x08000000, [1, 2]))), Payloads.Automatic),
        ("uf2", [.. Uf2Tests.Block(0, 2, 0x10000000, [1, 2, 3]), .. Uf2Tests.Block(1, 2, 0x10000003, [4])],
            Payloads.Automatic),
        ("raw", [0x00, 0x40, 0x00, 0x20, 0xD9, 0xCC, 0x01, 0x00], s_withBase),
    ];

    public static IEnumerable<object[]> EverySample => s_samples.Select(sample => new object[] { sample.Name });

    public required TestContext TestContext { get; init; }

    [TestMethod, DynamicData(nameof(EverySample))]
    public void The_undamaged_file_is_read(string name)
    {
        (_, byte[] content, PayloadReadOptions options) = Sample(name);
        Assert.IsTrue(IsAccepted(content, options));
    }

    [TestMethod, DynamicData(nameof(EverySample))]
    public void Every_prefix_gives_an_image_or_an_error(string name)
    {
        (_, byte[] content, PayloadReadOptions options) = Sample(name);
        int accepted = Enumerable.Range(0, content.Length).Count(length => IsAccepted(content[..length], options));
        TestContext.WriteLine($"{content.Length} prefixes, {accepted} accepted");

        // Only raw bytes have no end. A text may lack its last line end, and the S-record sample its last record.
        if (options.BaseAddress is null)
        {
            Assert.IsLessThan(4, accepted);
        }
    }

    [TestMethod, DynamicData(nameof(EverySample))]
    public void Every_changed_bit_gives_an_image_or_an_error(string name)
    {
        (_, byte[] content, PayloadReadOptions options) = Sample(name);
        int accepted = 0;
        for (int bit = 0; bit < content.Length * 8; bit++)
        {
            byte[] changed = [.. content];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            accepted += IsAccepted(changed, options) ? 1 : 0;
        }

        TestContext.WriteLine($"{content.Length * 8} changed bits, {accepted} accepted");
    }

    [TestMethod, DynamicData(nameof(EverySample))]
    public void Every_changed_byte_gives_an_image_or_an_error(string name)
    {
        (_, byte[] content, PayloadReadOptions options) = Sample(name);
        byte[] values = [0x00, 0x01, 0x7F, 0x80, 0xFF, (byte)'0', (byte)'F', (byte)'\n', (byte)':', (byte)'S'];
        for (int position = 0; position < content.Length; position++)
        {
            foreach (byte value in values)
            {
                byte[] changed = [.. content];
                changed[position] = value;
                IsAccepted(changed, options);
            }
        }
    }

    [TestMethod, DynamicData(nameof(EverySample))]
    public void Random_damage_gives_an_image_or_an_error(string name)
    {
        (_, byte[] content, PayloadReadOptions options) = Sample(name);
        var random = new Random(20261124);
        for (int round = 0; round < 3000; round++)
        {
            List<byte> changed = [.. content];
            for (int i = random.Next(1, 5); i > 0; i--)
            {
                int position = random.Next(changed.Count);
                switch (random.Next(3))
                {
                    case 0:
                        changed[position] = (byte)random.Next(256);
                        break;
                    case 1:
                        changed.RemoveAt(position);
                        break;
                    default:
                        changed.InsertRange(position, changed.Take(random.Next(1, 9)).ToArray());
                        break;
                }
            }

            IsAccepted([.. changed], options);
        }
    }

    [TestMethod]
    public void A_large_file_of_single_bytes_ends_soon()
    {
        var text = new StringBuilder();
        for (int i = 0; i < 400_000; i++)
        {
            int offset = (i * 2) & 0xFFFF;
            byte sum = (byte)-(1 + (offset >> 8) + offset + 0x55);
            text.Append($":01{offset:X4}0055{sum:X2}\n");
            if (offset == 0xFFFE)
            {
                int upper = ((i * 2) >> 16) + 1;
                text.Append($":02000004{upper:X4}{(byte)-(6 + (upper >> 8) + upper):X2}\n");
            }
        }

        text.Append(":00000001FF\n");
        byte[] content = Encoding.ASCII.GetBytes(text.ToString());
        var watch = Stopwatch.StartNew();
        Payloads.Refuse(ErrorCode.PayloadTooScattered, () => Payloads.Parse(content));
        Assert.IsLessThan(10_000L, watch.ElapsedMilliseconds);
    }

    /// <summary>
    /// True when the bytes were read as an image that holds what images promise; false on a clean error.
    /// </summary>
    static bool IsAccepted(byte[] content, PayloadReadOptions options)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            MemoryImage image = Payloads.Parse(content, options);
            Assert.IsTrue(image.Segments.All(segment => segment.Data.Length > 0 && segment.EndAddress <= 1UL << 32));
            Assert.IsTrue(image.Segments.Zip(image.Segments.Skip(1)).All(pair =>
                pair.First.EndAddress <= pair.Second.Address));
            Assert.IsLessThanOrEqualTo(content.Length, image.DataBytes);
            return true;
        }
        catch (FirmwareException exception)
        {
            Assert.DoesNotContain("not given", exception.Message);
            return false;
        }
        finally
        {
            Assert.IsLessThan(AllocatedBytesMax, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    static (string Name, byte[] Content, PayloadReadOptions Options) Sample(string name)
        => s_samples.First(sample => sample.Name == name);

    static byte[] Text(params string[] lines) => Encoding.ASCII.GetBytes(string.Join('\n', lines) + "\n");
}
