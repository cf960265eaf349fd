using Twinbank.Errors;
using Twinbank.Images.Planning;
using Twinbank.Images.Updates;

namespace Twinbank.Images.Tests.Planning;

[TestClass]
public sealed class KnownImagesTests
{
    private static readonly TargetImage s_first = PlanBench.Build("sim-nor", 1);
    private static readonly TargetImage s_second = PlanBench.Build("sim-nor", 2);

    [TestMethod]
    public void Puts_an_image_together_from_a_delta_and_its_base()
    {
        using var folder = new Folder();
        File.WriteAllBytes(folder["1.fwi"], FullContainer.Write(s_first));
        File.WriteAllBytes(folder["2.fwi"], DeltaContainer.Write(s_first, s_second, Codecs.Default));
        var known = new KnownImages();
        known.AddFolder(folder.Path);
        Assert.AreEqual(2, known.Count);
        CollectionAssert.AreEqual(s_second.JoinPayload(), known.Find(s_second.ManifestDigest)!.JoinPayload());
    }

    [TestMethod]
    public void Knows_nothing_of_a_delta_whose_base_is_missing()
    {
        var known = new KnownImages();
        known.Add(PlanBench.Update(s_first, s_second).Delta!);
        Assert.IsFalse(known.Has(s_second.ManifestDigest));
        Assert.IsNull(known.Find(s_second.ManifestDigest));
    }

    [TestMethod]
    public void Gives_up_on_deltas_that_name_each_other()
    {
        var known = new KnownImages();
        known.Add(PlanBench.Update(s_first, s_second).Delta!);
        known.Add(PlanBench.Update(s_second, s_first).Delta!);
        Assert.IsFalse(known.Has(s_first.ManifestDigest));
    }

    [TestMethod]
    public void Skips_what_is_no_image_in_a_folder_and_says_so()
    {
        using var folder = new Folder();
        File.WriteAllText(folder["notes.fwi"], "not an image");
        File.WriteAllBytes(folder["1.fwi"], FullContainer.Write(s_first));
        var known = new KnownImages();
        known.AddFolder(folder.Path);
        Assert.AreEqual(1, known.Count);
        Assert.Contains("notes.fwi", known.Skipped.Single());
    }

    [TestMethod]
    public void Refuses_a_folder_that_does_not_exist()
    {
        var error = Assert.ThrowsExactly<FirmwareException>(() => new KnownImages().AddFolder("no/such/folder"));
        Assert.AreEqual(ErrorCode.FileNotFound, error.Code);
    }

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("known").FullName;

        public string this[string name] => System.IO.Path.Combine(Path, name);

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
