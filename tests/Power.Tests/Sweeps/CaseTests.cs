using Twinbank.Power.Tests.Checks;
using Twinbank.Power.Tests.Mutants;
using Twinbank.Power.Tests.Stories;
using Twinbank.Power.Tests.Worlds;
using Twinbank.Simulation.Power;

namespace Twinbank.Power.Tests.Sweeps;

[TestClass]
public sealed class CaseTests
{
    [TestMethod]
    public void Runs_the_case_that_the_environment_names_or_one_that_is_good()
    {
        string? id = Environment.GetEnvironmentVariable(CaseId.Variable);
        (SweepWorld world, string variant, IReadOnlyList<PowerCut> cuts) = CaseId.Read(
            string.IsNullOrEmpty(id) ? "s256-u4/OneMore/2/Good/delta/real#5:prefix:1+3:noise:2+0:before:0" : id);
        var device = new StoryDevice(world, MutantCatalog.Create(variant, world));
        IReadOnlyList<Finding> findings = device.Run(world.MakeFactoryState(), cuts);
        Assert.IsEmpty(findings, string.Join(Environment.NewLine, findings));
    }

    [TestMethod]
    public void An_id_gives_its_case_again()
    {
        const string Id = "s512-u8-once/OneMore/2/Faults/delta/real#3:prefix:c1c+0:before:0";
        (SweepWorld world, string variant, IReadOnlyList<PowerCut> cuts) = CaseId.Read(Id);
        Assert.AreEqual(Id, CaseId.Write(world, variant, cuts));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("s512-u8-once/OneMore/2/Good/delta/real")]
    [DataRow("nothing/OneMore/2/Good/delta/real#")]
    [DataRow("s512-u8-once/OneMore/2/Good/delta/real#sideways")]
    public void Refuses_a_text_that_is_no_case(string id)
        => Assert.ThrowsExactly<FormatException>(() => CaseId.Read(id));
}
