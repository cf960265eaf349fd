using System.Globalization;
using Twinbank.Fuzz.Targets;

namespace Twinbank.Fuzz;

/// <summary>Every parser for some seconds; with TWINBANK_FULL=1 (scripts/test.sh --full) for a minute.</summary>
[TestClass]
public sealed class FuzzTests
{
    static readonly TimeSpan s_time = TimeSpan.FromSeconds(
        Environment.GetEnvironmentVariable("TWINBANK_FULL") == "1" ? 60 : 2);

    public required TestContext TestContext { get; init; }

    static IEnumerable<FuzzTarget> AllTargets
        => typeof(FuzzTests).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(FuzzTarget)) && !type.IsAbstract)
            .Where(type => type.Namespace == typeof(ManifestTarget).Namespace)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (FuzzTarget)Activator.CreateInstance(type)!);

    static IEnumerable<object[]> Names => AllTargets.Select(target => new object[] { target.Name });

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Survives_whatever_it_is_given(string name)
    {
        var campaign = new FuzzCampaign(AllTargets.Single(target => target.Name == name));
        FuzzDefect? defect = CaseToRepeat(name) is { } number ? campaign.RunCase(number) : campaign.Run(s_time);
        if (defect is not null)
        {
            Assert.Fail(defect.ToString());
        }

        TestContext.WriteLine($"note: {name}: {campaign.CaseCount} inputs");
    }

    /// <summary>TWINBANK_FUZZ=Name:number repeats one case.</summary>
    static int? CaseToRepeat(string name)
    {
        string[] parts = (Environment.GetEnvironmentVariable("TWINBANK_FUZZ") ?? "").Split(':');
        return parts.Length == 2 && parts[0] == name ? int.Parse(parts[1], CultureInfo.InvariantCulture) : null;
    }

    [TestMethod]
    [DataRow(typeof(PlantedOverrun), "IndexOutOfRangeException")]
    [DataRow(typeof(PlantedAllocation), "allocated")]
    public void Finds_a_planted_defect(Type planted, string expected)
    {
        var campaign = new FuzzCampaign((FuzzTarget)Activator.CreateInstance(planted)!);
        FuzzDefect? defect = campaign.Run(TimeSpan.FromSeconds(30));
        Assert.IsNotNull(defect, "The campaign missed a defect that it was given.");
        Assert.Contains(expected, defect.Complaint);
        int number = int.Parse(defect.Id.Split(':')[1], CultureInfo.InvariantCulture);
        CollectionAssert.AreEqual(defect.Input, campaign.RunCase(number)?.Input, "An id must repeat its case.");
    }
}
