using System.CommandLine;
using System.Text;
using Twinbank.Images.Containers;
using Twinbank.Images.Map;

namespace Twinbank.Cli.Commands;

/// <summary><c>fw image map</c></summary>
static class ImageMapCommand
{
    internal static Command Create(CommandHost host)
    {
        Argument<string> path = ImageFiles.Path();
        var svg = new Option<string?>("--svg") { Description = "Also draw it to this SVG file." };
        Option<bool> force = Shared.Force();
        return host.Make("map", "Draw the slot: blocks, data, buffers, and what a delta touches.", (parsed, output, _) =>
        {
            SlotMap map = SlotMap.Of(ContainerFile.Load(parsed.GetRequiredValue(path)));
            if (parsed.GetValue(svg) is { } file)
            {
                Shared.WriteFile(file, Encoding.UTF8.GetBytes(SlotMapSvg.Draw(map)), parsed.GetValue(force));
                output.Note($"drew {file}");
            }

            output.Result(map, () =>
            {
                foreach (string line in SlotMapText.Draw(map))
                {
                    output.Results.WriteLine(line);
                }
            });
            return Task.CompletedTask;
        }, path, svg, force);
    }
}
