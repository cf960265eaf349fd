using Twinbank.Errors;
using Twinbank.Images.Containers;
using Twinbank.Images.Updates;

namespace Twinbank.Images.Planning;

/// <summary>Images that the host has as files, found by manifest digest; decoded only when they are needed.</summary>
public sealed class KnownImages
{
    readonly Dictionary<string, ContainerFile> _full = new(StringComparer.Ordinal);
    readonly Dictionary<string, ContainerFile> _deltas = new(StringComparer.Ordinal);

    /// <summary>Names of files in a folder that are no images, with the reason.</summary>
    public IReadOnlyList<string> Skipped => _skipped;

    readonly List<string> _skipped = [];

    /// <summary>Images known so far.</summary>
    public int Count => _full.Count + _deltas.Keys.Count(key => !_full.ContainsKey(key));

    /// <summary>Adds one file; FW1xxx or FW20xx when it is no image.</summary>
    public void AddFile(string path) => Add(ContainerFile.Load(path));

    /// <summary>
    /// Adds every .fwi file in a folder. Files that are no images are skipped and named in <see cref="Skipped"/>: a
    /// folder of releases may hold other things.
    /// </summary>
    /// <exception cref="FirmwareException">FileNotFound when there is no such folder.</exception>
    public void AddFolder(string path)
    {
        if (!Directory.Exists(path))
        {
            throw new FirmwareException(ErrorCode.FileNotFound, ("path", path));
        }

        foreach (string file in Directory.EnumerateFiles(path, "*.fwi").Order(StringComparer.Ordinal))
        {
            try
            {
                AddFile(file);
            }
            catch (FirmwareException error)
            {
                _skipped.Add($"{file}: {error.Title}");
            }
        }
    }

    /// <summary>Adds a container.</summary>
    public void Add(ContainerFile container)
        => (container.IsDelta ? _deltas : _full).TryAdd(Key(container.ManifestDigest), container);

    /// <summary>True when the whole image can be had from here.</summary>
    public bool Has(byte[] digest) => CanMake(Key(digest), []);

    /// <summary>The whole image with this manifest digest, its blocks checked; null when it is not known.</summary>
    public TargetImage? Find(byte[] digest) => Has(digest) ? Make(Key(digest)) : null;

    TargetImage Make(string key)
    {
        var decoder = new ContainerDecoder(Codecs.NewDecoders());
        return _full.TryGetValue(key, out ContainerFile? full)
            ? decoder.Decode(full, null)
            : decoder.Decode(_deltas[key], Make(Key(_deltas[key].Header.BaseDigest)));
    }

    // Deltas may name each other in a circle.
    bool CanMake(string key, HashSet<string> seen)
        => _full.ContainsKey(key)
            || (seen.Add(key) && _deltas.TryGetValue(key, out ContainerFile? delta)
                && CanMake(Key(delta.Header.BaseDigest), seen));

    static string Key(byte[] digest) => Convert.ToHexString(digest);
}
