using Twinbank.Cli;
using Twinbank.Cli.Terminal;

return await FwApplication.RunAsync(args, HostTerminal.Open()).ConfigureAwait(false);
