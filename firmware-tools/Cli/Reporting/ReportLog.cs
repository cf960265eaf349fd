using System.Globalization;
using System.Text;

namespace Twinbank.Cli.Reporting;

/// <summary>
/// What happened during one command, for <c>--report</c>. Nothing secret comes here: keys and passphrases are never
/// passed to it.
/// </summary>
internal sealed class ReportLog
{
    /// <summary>
    /// A monitor that runs for days must not eat the memory; the beginning is what explains a failure.
    /// </summary>
    const int LogCharactersMax = 4 * 1024 * 1024;

    readonly Lock _lock = new();
    readonly StringBuilder _text = new();

    /// <summary>Adds a line with the time of day in UTC.</summary>
    public void Add(TimeProvider time, string line)
    {
        lock (_lock)
        {
            if (_text.Length < LogCharactersMax)
            {
                string stamp = time.GetUtcNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
                _text.Append(stamp).Append(' ').Append(line).Append('\n');
            }
        }
    }

    public string Text
    {
        get
        {
            lock (_lock)
            {
                return _text.ToString();
            }
        }
    }
}
