namespace Twinbank.Layout.Inputs;

/// <summary>
/// What the build attributes of an ARM file say about its instructions ("ELF for the Arm Architecture", addenda).
/// </summary>
static class ArmAttributes
{
    const uint TypeArmAttributes = 0x70000003;
    const byte TagCpuRawName = 4, TagCpuName = 5, TagCpuArchitecture = 6, TagCompatibility = 32, TagNoDefaults = 64;
    const byte TagConformance = 67;

    /// <summary>Tag_CPU_arch of ARMv6-M and ARMv6S-M: Thumb without the long unconditional branch.</summary>
    const int ArmV6M = 11, ArmV6SM = 12;

    /// <summary>Tag_CPU_arch of ARMv7, the first of which every profile has Thumb-2.</summary>
    const int ArmV7 = 10;

    /// <summary>True when `b.w` (or, on RISC-V, `jal`) may be used in this file.</summary>
    internal static bool HasLongBranch(ElfObject file)
    {
        if (file.Machine == ElfObject.MachineRiscV)
        {
            return true;
        }

        if (file.Machine != ElfObject.MachineArm)
        {
            return false;
        }

        ElfSection section = file.Sections.FirstOrDefault(candidate => candidate.Type == TypeArmAttributes);
        int architecture = section.SizeBytes == 0 ? 0 : Architecture(file.Bytes(section));
        return architecture >= ArmV7 && architecture is not (ArmV6M or ArmV6SM);
    }

    /// <summary>
    /// Tag_CPU_arch, or 0. Format: 'A', then u32 length and "aeabi", then tag 1 (file), u32 length, attributes.
    /// </summary>
    static int Architecture(ReadOnlySpan<byte> bytes)
    {
        int at = 1 + 4 + "aeabi".Length + 1;
        if (bytes.Length < at + 5 || bytes[0] != (byte)'A' || bytes[at] != 1)
        {
            return 0;
        }

        at += 5;
        while (at < bytes.Length)
        {
            int tag = Number(bytes, ref at);
            if (tag is TagCpuRawName or TagCpuName or TagConformance)
            {
                SkipText(bytes, ref at);
                continue;
            }

            int value = Number(bytes, ref at);
            if (tag == TagCpuArchitecture)
            {
                return value;
            }

            // From 32 on odd tags have text, even ones numbers; tag 32 has both.
            if (tag == TagCompatibility || (tag > TagCompatibility && tag != TagNoDefaults && (tag & 1) == 1))
            {
                SkipText(bytes, ref at);
            }
        }

        return 0;
    }

    /// <summary>ULEB128; what does not fit into an int is cut off, since no tag is that large.</summary>
    static int Number(ReadOnlySpan<byte> bytes, ref int at)
    {
        int value = 0;
        for (int shift = 0; at < bytes.Length; shift += 7)
        {
            byte next = bytes[at++];
            value |= shift < 28 ? (next & 0x7F) << shift : 0;
            if ((next & 0x80) == 0)
            {
                break;
            }
        }

        return value;
    }

    static void SkipText(ReadOnlySpan<byte> bytes, ref int at)
    {
        while (at < bytes.Length && bytes[at++] != 0)
        {
        }
    }
}
