using System.Buffers.Binary;
using System.Text;
using Twinbank.Boot;
using Twinbank.Core;

namespace Twinbank.Simulation.Boards;

/// <summary>
/// Applications of simulated boards: a payload whose first bytes say what to do, as machine code would.
/// </summary>
/// <remarks>
/// The head, at the entry address: 16 ASCII bytes <c>Twinbank sim app</c>, u32 behaviour, u32 length of the version
/// text, the text (at most 40 bytes). Anything may follow.
/// </remarks>
public static class PlayedApplication
{
    /// <summary>Bytes of the head: the least a payload can have.</summary>
    public const int HeadBytes = 64;

    const int BehaviourOffset = 16, TextLengthOffset = 20, TextOffset = 24, TextBytesMax = HeadBytes - TextOffset;

    static readonly TimeSpan s_turnTime = TimeSpan.FromMilliseconds(20);

    static ReadOnlySpan<byte> Magic => "Twinbank sim app"u8;

    /// <summary>Makes a payload: the head, then bytes from a seed.</summary>
    /// <param name="behaviour">What the application does.</param>
    /// <param name="version">What it calls itself, at most 40 bytes.</param>
    /// <param name="payloadBytes">Length, at least <see cref="HeadBytes"/>.</param>
    /// <param name="seed">Equal seeds give equal bytes after the head.</param>
    public static byte[] Build(ApplicationBehaviour behaviour, string version, int payloadBytes, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(payloadBytes, HeadBytes);
        byte[] text = Encoding.UTF8.GetBytes(version);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, TextBytesMax, nameof(version));
        byte[] payload = new byte[payloadBytes];
        Magic.CopyTo(payload);
        BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(BehaviourOffset), (uint)behaviour);
        BinaryPrimitives.WriteUInt32LittleEndian(payload.AsSpan(TextLengthOffset), (uint)text.Length);
        text.CopyTo(payload, TextOffset);
        new SeededRandom(seed).Fill(payload.AsSpan(HeadBytes));
        return payload;
    }

    /// <summary>
    /// Plays the launched image. An image without the head stands for firmware of a real processor: it counts as good,
    /// so that a simulated board can try any update.
    /// </summary>
    public static void Run(ApplicationContext context)
    {
        byte[] head = context.ReadMemory(context.Image.EntryAddress & ~1u, HeadBytes);
        (ApplicationBehaviour behaviour, string version) = ReadHead(head);
        char slot = "ABG"[(int)context.Image.SlotNumber];
        string trial = context.Image.IsTrial ? $", trial, {context.Image.BootsLeft} boots left" : string.Empty;
        context.Print($"[app] {version} runs from slot {slot} at 0x{context.Image.VirtualBase:X8}{trial}");
        switch (behaviour)
        {
            case ApplicationBehaviour.Faults:
                Serve(context, TimeSpan.FromSeconds(0.5), confirms: false);
                context.Fault(FaultKind.DataAccess, 0xDEAD0000);
                break;
            case ApplicationBehaviour.Hangs:
                Serve(context, TimeSpan.FromSeconds(0.5), confirms: false);
                context.Hang();
                break;
            case ApplicationBehaviour.NeverConfirms:
                Serve(context, TimeSpan.MaxValue, confirms: false);
                break;
            case ApplicationBehaviour.Returns:
                break;
            default:
                Serve(context, TimeSpan.MaxValue, confirms: true);
                break;
        }
    }

    static (ApplicationBehaviour Behaviour, string Version) ReadHead(ReadOnlySpan<byte> head)
    {
        uint textLength = BinaryPrimitives.ReadUInt32LittleEndian(head[TextLengthOffset..]);
        if (!head.StartsWith(Magic) || textLength > TextBytesMax)
        {
            return (ApplicationBehaviour.Good, "an image without a played application");
        }

        var behaviour = (ApplicationBehaviour)BinaryPrimitives.ReadUInt32LittleEndian(head[BehaviourOffset..]);
        return (behaviour, Encoding.UTF8.GetString(head.Slice(TextOffset, (int)textLength)));
    }

    static void Serve(ApplicationContext context, TimeSpan time, bool confirms)
    {
        bool mayConfirm = confirms && context.Image.IsTrial;
        uint nextBeat = 1000;
        while (context.Milliseconds < time.TotalMilliseconds)
        {
            context.Services.Poll();
            if (mayConfirm && context.Milliseconds >= context.Image.ProbationMilliseconds
                && context.Services.Confirm() != Status.NeedMoreData)
            {
                mayConfirm = false;
                context.Print("[app] confirmed");
            }

            if (context.Milliseconds >= nextBeat)
            {
                context.Print($"[app] alive for {nextBeat / 1000} s");
                nextBeat += 1000;
            }

            context.Wait(s_turnTime);
        }
    }
}
