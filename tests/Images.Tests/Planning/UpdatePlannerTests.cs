using Twinbank.Errors;
using Twinbank.Images.Containers;
using Twinbank.Images.Planning;

namespace Twinbank.Images.Tests.Planning;

[TestClass]
public sealed class UpdatePlannerTests
{
    private const string Simulator = "sim-nor";

    private static readonly TargetImage s_old = PlanBench.Build(Simulator, 1);
    private static readonly TargetImage s_new = PlanBench.Build(Simulator, 2);

    private static UpdatePlan Plan(PlanDevice device, UpdateStrategy? wanted = null)
        => UpdatePlanner.Plan(device, PlanBench.Update(s_old, s_new), wanted);

    [TestMethod]
    public void Chooses_the_overlay_for_a_small_change_where_the_board_can()
    {
        UpdatePlan plan = Plan(PlanBench.Device(Simulator, s_old, null));
        Assert.AreEqual(UpdateStrategy.Overlay, plan.Choice.Strategy);
        Assert.AreEqual((0, 0), (plan.Choice.SectorErases, plan.Choice.WorstSectorErases));
        Assert.IsLessThan(1.1 * plan.Choice.WireBytes + 64, (double)plan.Choice.ProgrammedBytes);
        Assert.StartsWith("overlay: ", plan.Reason);
        Assert.Contains("sync would take", plan.Reason);
        Assert.AreEqual(4, plan.Rows.Count);
    }

    [TestMethod]
    public void Erases_only_what_changed_when_the_other_slot_holds_the_old_image()
    {
        StrategyEstimate sync = Plan(PlanBench.Device(Simulator, s_old, s_old)).Row(UpdateStrategy.Sync);

        // One block of two sectors, and one sector of header: its buffer area is blank but shares the second sector.
        Assert.AreEqual((3, 1, false), (sync.SectorErases, sync.WorstSectorErases, sync.IsUpperBound));
        Assert.IsLessThan(3000L, sync.WireBytes);
    }

    [TestMethod]
    public void Needs_nothing_for_an_image_that_the_other_slot_holds_already()
    {
        StrategyEstimate full = Plan(PlanBench.Device(Simulator, s_old, s_new)).Row(UpdateStrategy.Full);
        Assert.AreEqual((0, 0L), (full.SectorErases, full.ProgrammedBytes));
    }

    [TestMethod]
    public void Writes_blocks_again_whose_buffer_areas_hold_overlays()
    {
        PlanDevice plain = PlanBench.Device(Simulator, s_old, s_old);
        StrategyEstimate few = Plan(plain).Row(UpdateStrategy.Sync);
        StrategyEstimate more = Plan(plain with { OtherSlotOverlayBytes = 1500 }).Row(UpdateStrategy.Sync);
        Assert.AreEqual(few.SectorErases + 4, more.SectorErases, "two blocks of two sectors hold overlay bytes");
    }

    [TestMethod]
    public void Says_that_the_costs_are_the_highest_when_the_other_slot_is_not_known()
    {
        StrategyEstimate full = Plan(PlanBench.Device(Simulator, s_old, null)).Row(UpdateStrategy.Full);
        Assert.IsTrue(full.IsUpperBound);
        Assert.AreEqual(1 + (s_new.Blocks.Count * 2), full.SectorErases);
    }

    [TestMethod]
    public void Sends_the_full_image_when_the_running_one_is_not_known()
    {
        PlanDevice device = PlanBench.Device(Simulator, s_old, null);
        UpdatePlan plan = UpdatePlanner.Plan(device, PlanBench.OnlyFull(s_new));
        Assert.AreEqual(UpdateStrategy.Full, plan.Choice.Strategy);
        Assert.Contains("name it with --base or --releases", plan.Row(UpdateStrategy.Sync).WhyNot!);
        Assert.StartsWith("full: the only one that is possible", plan.Reason);
    }

    [TestMethod]
    public void Takes_a_delta_as_it_is_and_makes_the_whole_image_when_it_knows_how()
    {
        ContainerFile delta = PlanBench.Update(s_old, s_new).Delta!;
        PlanDevice device = PlanBench.Device(Simulator, s_old, null);
        var known = new KnownImages();
        UpdateContainers alone = UpdateContainers.Make(delta, s_old.ManifestDigest, known);
        Assert.AreSame(delta, alone.Delta);
        Assert.Contains("a delta was given", UpdatePlanner.Plan(device, alone).Row(UpdateStrategy.Full).WhyNot!);

        known.Add(PlanBench.Full(s_old));
        UpdateContainers both = UpdateContainers.Make(delta, s_new.ManifestDigest, known);
        CollectionAssert.AreEqual(s_new.ManifestDigest, both.Full!.ManifestDigest);
    }

    [TestMethod]
    public void Refuses_a_delta_for_another_image_when_nothing_better_is_known()
    {
        UpdateContainers update = UpdateContainers.Make(
            PlanBench.Update(s_old, s_new).Delta!, s_new.ManifestDigest, new KnownImages());
        var error = Assert.ThrowsExactly<FirmwareException>(
            () => UpdatePlanner.Plan(PlanBench.Device(Simulator, s_new, null), update));
        Assert.AreEqual(ErrorCode.WrongBase, error.Code);
    }

    [TestMethod]
    public void Says_why_a_board_without_translation_takes_no_overlay()
    {
        TargetImage old = PlanBench.Build("emcraft-sf2", 1);
        UpdatePlan plan = UpdatePlanner.Plan(
            PlanBench.Device("emcraft-sf2", old, null), PlanBench.Update(old, PlanBench.Build("emcraft-sf2", 2)));
        Assert.AreEqual(UpdateStrategy.Sync, plan.Choice.Strategy);
        Assert.Contains("translation is none", plan.Row(UpdateStrategy.Overlay).WhyNot!);
        Assert.IsGreaterThan(0.4, plan.Choice.FlashSeconds!.Value, "a sector of this part takes half a second");
        Assert.IsGreaterThan(0.0, plan.Choice.LinkSeconds!.Value);
    }

    [TestMethod]
    public void Folds_the_overlays_first_when_the_buffer_areas_are_full()
    {
        PlanDevice device = PlanBench.Device(Simulator, s_old, s_old);
        UpdatePlan plan = Plan(device with { Overlays = device.Overlays! with { FreeBytes = 100, Generation = 3 } });
        Assert.Contains("100 are free", plan.Row(UpdateStrategy.Overlay).WhyNot!);
        StrategyEstimate fold = plan.Row(UpdateStrategy.CompactThenOverlay);
        Assert.IsTrue(fold.IsApplicable);
        Assert.AreEqual(0, fold.SectorErases, "the other slot holds that very image");
    }

    [TestMethod]
    public void Refuses_an_overlay_whose_blocks_need_more_memory_than_there_is()
    {
        PlanDevice device = PlanBench.Device(Simulator, s_old, null);
        UpdatePlan plan = Plan(device with { Overlays = device.Overlays! with { RamBytes = 1000 } });
        Assert.Contains("the device has 1000", plan.Row(UpdateStrategy.Overlay).WhyNot!);
    }

    [TestMethod]
    public void Takes_the_strategy_that_a_person_asks_for_or_says_why_not()
    {
        PlanDevice device = PlanBench.Device(Simulator, s_old, null);
        Assert.AreEqual(UpdateStrategy.Full, Plan(device, UpdateStrategy.Full).Choice.Strategy);
        var error = Assert.ThrowsExactly<FirmwareException>(
            () => Plan(device with { Overlays = null }, UpdateStrategy.Overlay));
        Assert.AreEqual(ErrorCode.StrategyNotPossible, error.Code);
        Assert.Contains("takes no overlays", error.Message);
    }

    [TestMethod]
    public void Lets_wear_decide_when_the_times_are_not_known()
    {
        PlanDevice device = PlanBench.Device(Simulator, s_old, null) with { Times = null };
        UpdatePlan plan = Plan(device);
        Assert.IsNull(plan.Choice.Seconds);
        Assert.AreEqual(UpdateStrategy.Overlay, plan.Choice.Strategy);
    }

    [TestMethod]
    public void Offers_another_way_to_a_device_that_refuses_the_overlay()
    {
        UpdatePlan plan = Plan(PlanBench.Device(Simulator, s_old, null));
        Assert.AreEqual(UpdateStrategy.Sync, UpdatePlanner.WithoutOverlay(plan)!.Strategy);
    }

    [TestMethod]
    [DataRow(0.0037, "4 ms")]
    [DataRow(1.46, "1.5 s")]
    public void Writes_times_as_people_read_them(double seconds, string expected)
        => Assert.AreEqual(expected, UpdatePlanner.TimeText(seconds));

    [TestMethod]
    public void Gives_the_same_plan_every_time()
    {
        PlanDevice device = PlanBench.Device(Simulator, s_old, s_old);
        UpdatePlan first = Plan(device);
        CollectionAssert.AreEqual(first.Rows.ToArray(), Plan(device).Rows.ToArray());
    }

    [TestMethod]
    public void Counts_link_time_by_the_framing_of_the_link()
    {
        Assert.AreEqual(10.0, LinkCost.Serial(115_200, isCompact: true).Seconds(112_896)!.Value, 0.01);
        Assert.IsGreaterThan(
            LinkCost.Serial(115_200, isCompact: true).Seconds(1000)!.Value,
            LinkCost.Serial(115_200, isCompact: false).Seconds(1000)!.Value);
        Assert.IsNull(LinkCost.Unknown.Seconds(1000));
    }

    [TestMethod]
    [DataRow(1u, 1L, 128L)]
    [DataRow(4u, 64L, 128L)]
    [DataRow(4u, 65L, 192L)]
    [DataRow(256u, 1L, 1024L)]
    public void Counts_the_record_of_an_overlay_as_the_specification_lays_it_out(uint unit, long bytes, long expected)
        => Assert.AreEqual(expected, OverlaySpace.RecordBytes(unit, bytes));
}
