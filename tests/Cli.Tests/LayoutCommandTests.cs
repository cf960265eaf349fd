namespace Twinbank.Cli.Tests;

[TestClass]
public sealed class LayoutCommandTests
{
    [TestMethod]
    public void Writes_no_script_when_the_record_is_already_there()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["layout.json"], "the record of a release");
        CommandRun run = CommandRun.Of(
            "layout", "plan", "--board", "qemu-virt", "--elf", folder["app.elf"], "--map", folder["app.map"],
            "--script", folder["app.ld"], "--out", folder["stable.ld"], "--record", folder["layout.json"]);
        StringAssert.Contains(run.Error, "FW1004");
        StringAssert.Contains(run.Error, "layout.json");
        Assert.IsFalse(File.Exists(folder["stable.ld"]));
    }
}
