using System.Diagnostics;

namespace Twinbank.Links.Tests;

/// <summary>Two pseudo terminals joined by socat: one is the port under test, the other plays the device.</summary>
internal sealed class PtyPair : IDisposable
{
    private readonly Process _socat;

    private PtyPair(Process socat, string port, string device)
    {
        _socat = socat;
        Port = port;
        Device = device;
    }

    public string Port { get; }

    public string Device { get; }

    /// <summary>Starts socat in a folder; ends the test as inconclusive where it is not installed.</summary>
    public static async Task<PtyPair> StartAsync(string folder)
    {
        string port = Path.Combine(folder, "port");
        string device = Path.Combine(folder, "device");
        var start = new ProcessStartInfo("socat")
        {
            ArgumentList = { $"PTY,raw,echo=0,link={port}", $"PTY,raw,echo=0,link={device}" },
        };
        Process? socat = null;
        try
        {
            socat = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Inconclusive("socat is not installed, so there is no pseudo terminal to test with.");
        }

        await Wait.UntilAsync(() => File.Exists(port) && File.Exists(device), "socat makes its terminals");
        return new PtyPair(socat!, port, device);
    }

    /// <summary>The device dies without a word, as QEMU does when it is killed.</summary>
    public void Kill()
    {
        if (!_socat.HasExited)
        {
            _socat.Kill();
            _socat.WaitForExit();
        }

        File.Delete(Port);
        File.Delete(Device);
    }

    public void Dispose()
    {
        Kill();
        _socat.Dispose();
    }
}
