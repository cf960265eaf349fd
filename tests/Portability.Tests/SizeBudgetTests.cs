using System.Globalization;
using System.Text;
using System.Text.Json;
using Twinbank.Testing;

namespace Twinbank.Portability.Tests;

/// <summary>
/// The built boot stage against budgets.json: flash in all, and what the recipe decoder takes of it. With
/// TWINBANK_UPDATE=1 the sizes by namespace are written down anew; the budgets are edited by hand, with a reason.
/// </summary>
[TestClass]
public sealed class SizeBudgetTests
{
    const string DecoderNamespace = "Twinbank.Core.Recipes";

    static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    static string BudgetPath => RepositoryRoot.Combine("tests/Portability.Tests/budgets.json");

    /// <param name="BytesMax">Of flash, in all.</param>
    /// <param name="DecoderBytesMax">Of flash, for code and constants of the recipe decoder.</param>
    /// <param name="Namespaces">Bytes when the budget was last looked at.</param>
    internal sealed record Budget(long BytesMax, long DecoderBytesMax, SortedDictionary<string, long> Namespaces);

    static Dictionary<string, Budget> Budgets
        => JsonSerializer.Deserialize<Dictionary<string, Budget>>(File.ReadAllText(BudgetPath))!;

    static BootStageCode Built(string board)
    {
        if (BootStageCode.Read(board) is { } code)
        {
            return code;
        }

        Assert.Inconclusive($"The boot stage of {board} is not built here: it takes binutils for arm-none-eabi.");
        return null!;
    }

    [TestMethod]
    [DataRow("QemuVirt")]
    [DataRow("EmcraftSf2")]
    public void The_boot_stage_fits_its_flash_budget(string board)
    {
        BootStageCode code = Built(board);
        Budget budget = Budgets[board];
        Assert.IsLessThanOrEqualTo(budget.BytesMax, code.ImageBytes, Differences(budget, code));
    }

    [TestMethod]
    [DataRow("QemuVirt")]
    [DataRow("EmcraftSf2")]
    public void The_recipe_decoder_fits_its_flash_budget(string board)
    {
        BootStageCode code = Built(board);
        Budget budget = Budgets[board];
        Assert.IsLessThanOrEqualTo(
            budget.DecoderBytesMax, code.Namespaces[DecoderNamespace], Differences(budget, code));
    }

    [TestMethod]
    public void The_sizes_add_up_and_can_be_written_down()
    {
        Dictionary<string, Budget> budgets = Budgets;
        foreach (string board in BootStageCode.Boards)
        {
            BootStageCode code = Built(board);
            Assert.AreEqual(code.ImageBytes, code.Namespaces.Values.Sum());
            Assert.IsGreaterThan(0, code.Namespaces[BootStageCode.Rest], "symbols are counted twice");
            budgets[board] = budgets[board] with { Namespaces = code.Namespaces };
        }

        if (Environment.GetEnvironmentVariable("TWINBANK_UPDATE") == "1")
        {
            File.WriteAllText(BudgetPath, JsonSerializer.Serialize(budgets, s_json) + "\n");
        }
    }

    [TestMethod]
    public void A_difference_is_told_by_namespace_with_the_largest_growth_first()
    {
        SortedDictionary<string, long> before = new() { ["A"] = 100, ["B"] = 50, ["C"] = 7 };
        SortedDictionary<string, long> now = new() { ["A"] = 120, ["B"] = 90, ["C"] = 7, ["D"] = 3 };
        Assert.AreEqual("   +40 B\n   +20 A\n    +3 D\n", Differences(before, now));
    }

    static string Differences(Budget budget, BootStageCode code)
        => $"{code.ImageBytes} bytes of {budget.BytesMax}. Since the budget was last looked at:\n"
            + Differences(budget.Namespaces, code.Namespaces)
            + "Make it smaller, or raise the budget in tests/Portability.Tests/budgets.json and say why.";

    static string Differences(SortedDictionary<string, long> before, SortedDictionary<string, long> now)
    {
        var text = new StringBuilder();
        foreach ((string name, long growth) in before.Keys.Union(now.Keys)
            .Select(name => (name, now.GetValueOrDefault(name) - before.GetValueOrDefault(name)))
            .Where(pair => pair.Item2 != 0)
            .OrderByDescending(pair => pair.Item2))
        {
            text.Append(CultureInfo.InvariantCulture, $"{growth,6:+0;-0} {name}\n");
        }

        return text.ToString();
    }
}
