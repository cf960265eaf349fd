using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Twinbank.Cli.Terminal;

/// <summary>Progress with rate and time left, on standard error.</summary>
public sealed class ProgressLine : IDisposable
{
    const int BarWidth = 28;

    static readonly JsonSerializerOptions s_json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    readonly TextWriter? _writer;
    readonly ProgressStyle _style;
    readonly string _what;
    readonly Stopwatch _watch = Stopwatch.StartNew();
    readonly Lock _lock = new();
    TimeSpan _lastShown = TimeSpan.MinValue;
    bool _open;

    internal ProgressLine(TextWriter? writer, ProgressStyle style, string what)
    {
        _writer = writer;
        _style = style;
        _what = what;
    }

    /// <summary>Shows the state; cheap enough to be called for every block.</summary>
    public void Report(long done, long total, string unit, double? perSecond = null)
    {
        if (_writer == null)
        {
            return;
        }

        lock (_lock)
        {
            TimeSpan now = _watch.Elapsed;
            if (_lastShown != TimeSpan.MinValue && now - _lastShown < Interval && done < total)
            {
                return;
            }

            _lastShown = now;
            double rate = perSecond ?? (now.TotalSeconds > 0 ? done / now.TotalSeconds : 0);
            Show(_style == ProgressStyle.Events
                ? Event(done, total, unit, rate)
                : Describe(done, total, unit, rate));
        }
    }

    public void Dispose()
    {
        if (_open)
        {
            _writer?.WriteLine();
        }
    }

    TimeSpan Interval => TimeSpan.FromMilliseconds(_style switch
    {
        ProgressStyle.Bar => 80,
        ProgressStyle.Events => 100,
        _ => 2000,
    });

    static int Percent(long done, long total) => total > 0 ? (int)Math.Clamp(done * 100 / total, 0, 100) : 100;

    string Event(long done, long total, string unit, double rate)
        => JsonSerializer.Serialize(
            new { Progress = _what, Percent = Percent(done, total), done, total, unit, PerSecond = rate },
            s_json);

    string Describe(long done, long total, string unit, double rate)
    {
        double share = total > 0 ? Math.Clamp((double)done / total, 0, 1) : 1;
        string left = rate > 0 && done < total
            ? TimeSpan.FromSeconds(Math.Min((total - done) / rate, 359_999)).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)
            : "0:00:00";
        int filled = (int)(share * BarWidth);
        string bar = _style == ProgressStyle.Bar ? $"[{new string('#', filled)}{new string('.', BarWidth - filled)}] " : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{_what} {bar}{share * 100:0}% {Amount(done, unit)} of {Amount(total, unit)}, {Amount((long)rate, unit)}/s, {left} left");
    }

    static string Amount(long value, string unit)
        => unit == "bytes" && value >= 10240
            ? string.Create(CultureInfo.InvariantCulture, $"{value / 1024.0:0.0} KiB")
            : string.Create(CultureInfo.InvariantCulture, $"{value} {unit}");

    void Show(string line)
    {
        if (_style == ProgressStyle.Bar)
        {
            _writer!.Write("\r" + line + "\u001b[K");
            _writer.Flush();
            _open = true;
        }
        else
        {
            _writer!.WriteLine(line);
        }
    }
}
