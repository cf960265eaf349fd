using System.CommandLine;
using System.Text;
using Twinbank.Cli.Terminal;
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
        Option<bool> dryRun = Shared.DryRun();
        return host.Make("map", "Draw the slot: blocks, data, buffers, and what a delta touches.", (parsed, output, _) =>
        {
            SlotMap map = SlotMap.Of(ContainerFile.Load(parsed.GetRequiredValue(path)));
            if (parsed.GetValue(svg) is { } file)
            {
                DrawTo(file, map, parsed.GetValue(force), parsed.GetValue(dryRun), output);
            }

            output.Result(map, () =>
            {
                foreach (string line in SlotMapText.Draw(map))
                {
                    output.Results.WriteLine(line);
                }
            });
            return Task.CompletedTask;
        }, path, svg, force, dryRun);
    }

    static void DrawTo(string file, SlotMap map, bool force, bool isDryRun, CommandOutput output)
    {
        byte[] drawing = Encoding.UTF8.GetBytes(SlotMapSvg.Draw(map));
        if (isDryRun)
        {
            ImageFiles.RefuseExisting(file, force);
            output.Note($"would draw {file}");
            return;
        }

        Shared.WriteFile(file, drawing, force);
        output.Note($"drew {file}");
    }
}
