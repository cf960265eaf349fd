using System.CommandLine;
using System.Text.Json;
using Twinbank.Cli.Terminal;

namespace Twinbank.Cli.Tests;

[TestClass]
public sealed class FwApplicationTests
{
    static async Task<(int Exit, string Output, string Error)> Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exit = await FwApplication.RunAsync(arguments, new HostTerminal(output, error, false, false, 100));
        return (exit, output.ToString(), error.ToString());
    }

    [TestMethod]
    public async Task Explains_an_error_code_on_standard_output()
    {
        (int exit, string output, string error) = await Run("explain", "FW2005");
        Assert.AreEqual(0, exit);
        StringAssert.Contains(output, "Digest wrong");
        Assert.AreEqual("", error);
    }

    [TestMethod]
    public async Task Gives_a_wrong_command_line_exit_code_2_with_the_problem_on_standard_error()
    {
        (int exit, string output, string error) = await Run("image", "build", "x.elf");
        Assert.AreEqual(2, exit);
        Assert.AreEqual("", output);
        StringAssert.Contains(error, "FW1010");
        StringAssert.Contains(error, "--board");
    }

    [TestMethod]
    public async Task Writes_errors_as_json_too()
    {
        (int exit, string output, _) = await Run("explain", "FW0000", "--output", "json");
        Assert.AreEqual(2, exit);
        using JsonDocument document = JsonDocument.Parse(output);
        Assert.AreEqual("FW1011", document.RootElement.GetProperty("error").GetProperty("code").GetString());
    }

    [TestMethod]
    public async Task Lists_the_boards_as_json()
    {
        (int exit, string output, _) = await Run("board", "list", "--output", "json");
        Assert.AreEqual(0, exit);
        using JsonDocument document = JsonDocument.Parse(output);
        string[] ids = [.. document.RootElement.EnumerateArray().Select(b => b.GetProperty("id").GetString()!)];
        CollectionAssert.IsSubsetOf(new[] { "qemu-virt", "emcraft-sf2", "sim-nor" }, ids);
    }

    [TestMethod]
    public async Task Builds_verifies_maps_diffs_applies_and_extracts_an_image()
    {
        string folder = Directory.CreateTempSubdirectory("fw-cli-").FullName;
        try
        {
            string P(string name) => Path.Combine(folder, name);
            byte[] payload = new byte[9_000];
            new Random(1).NextBytes(payload);
            File.WriteAllBytes(P("a.bin"), payload);
            payload[4_000] ^= 1;
            File.WriteAllBytes(P("b.bin"), payload);
            Assert.AreEqual(0, (await Run("key", "new", P("k.pem"))).Exit);
            foreach (string name in new[] { "a", "b" })
            {
                Assert.AreEqual(0, (await Run(
                    "image", "build", P(name + ".bin"), "--base", "0", "--format", "raw", "--board", "sim-nor", "--key",
                    P("k.pem"), "--version-number", "1.0." + (name == "a" ? 0 : 1), "--out", P(name + ".fwi"))).Exit);
            }

            Assert.AreEqual(0, (await Run("image", "verify", P("a.fwi"), "--key", P("k.pem.pub"))).Exit);
            Assert.AreEqual(0, (await Run("image", "map", P("a.fwi"), "--svg", P("a.svg"))).Exit);
            StringAssert.Contains(File.ReadAllText(P("a.svg")), "<svg");
            Assert.AreEqual(0, (await Run("image", "diff", P("a.fwi"), P("b.fwi"), "--out", P("d.fwi"))).Exit);
            Assert.AreEqual(0, (await Run("image", "apply", P("a.fwi"), P("d.fwi"), "--out", P("c.fwi"))).Exit);
            Assert.AreEqual(0, (await Run("image", "extract", P("c.fwi"), "--out", P("c.bin"))).Exit);
            CollectionAssert.AreEqual(payload, File.ReadAllBytes(P("c.bin")));
            Assert.AreEqual(2, (await Run("image", "extract", P("c.fwi"), "--out", P("c.bin"))).Exit, "it exists");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestMethod]
    public async Task Refuses_an_image_by_a_stranger_with_exit_code_4()
    {
        string folder = Directory.CreateTempSubdirectory("fw-cli-").FullName;
        try
        {
            string P(string name) => Path.Combine(folder, name);
            File.WriteAllBytes(P("a.bin"), new byte[100]);
            await Run("key", "new", P("k.pem"));
            await Run("key", "new", P("other.pem"));
            await Run(
                "image", "build", P("a.bin"), "--base", "0", "--format", "raw", "--board", "sim-nor", "--key",
                P("k.pem"), "--version-number", "1.0.0", "--out", P("a.fwi"));
            (int exit, _, string error) = await Run("image", "verify", P("a.fwi"), "--key", P("other.pem.pub"));
            Assert.AreEqual(4, exit);
            StringAssert.Contains(error, "FW2007");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
