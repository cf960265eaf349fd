using Twinbank.Core;
using Twinbank.Core.Smp;

namespace Twinbank.Agent;

/// <summary>The arguments of one upload request.</summary>
sealed class UploadChunk
{
    internal uint Image;
    internal uint Offset;
    internal bool HasOffset;
    internal uint TotalBytes;
    internal bool HasTotal;
    internal int DigestOffset;
    internal int DigestBytes;
    internal int DataOffset;
    internal int DataBytes;
    internal bool UpgradeOnly;
    internal bool Insist;
    internal bool IsOverlay;
    internal bool HasUnknownStrategy;

    /// <summary>Reads the map; its byte strings stay where they are. The reader's status says whether it was
    /// one.</summary>
    internal void Read(CborReader arguments)
    {
        Clear();
        arguments.EnterMap();
        while (arguments.NextKey())
        {
            if (arguments.KeyIs("off"))
            {
                Offset = arguments.ReadUnsigned();
                HasOffset = true;
            }
            else if (arguments.KeyIs("data"))
            {
                arguments.ReadBytes(out DataOffset, out DataBytes);
            }
            else
            {
                ReadFirstChunkKey(arguments);
            }
        }
    }

    void ReadFirstChunkKey(CborReader arguments)
    {
        if (arguments.KeyIs("image"))
        {
            Image = arguments.ReadUnsigned();
        }
        else if (arguments.KeyIs("len"))
        {
            TotalBytes = arguments.ReadUnsigned();
            HasTotal = true;
        }
        else if (arguments.KeyIs("sha"))
        {
            if (!arguments.TryReadNull())
            {
                arguments.ReadBytes(out DigestOffset, out DigestBytes);
            }
        }
        else if (arguments.KeyIs("upgrade"))
        {
            UpgradeOnly = arguments.ReadBoolean();
        }
        else if (arguments.KeyIs("insist"))
        {
            Insist = arguments.ReadBoolean();
        }
        else if (arguments.KeyIs("strategy"))
        {
            ReadStrategy(arguments);
        }
        else
        {
            arguments.Skip();
        }
    }

    void ReadStrategy(CborReader arguments)
    {
        int offset;
        int count;
        if (arguments.ReadText(out offset, out count))
        {
            IsOverlay = arguments.TextIs(offset, count, "overlay");
            HasUnknownStrategy = !IsOverlay && !arguments.TextIs(offset, count, "sync");
        }
    }

    void Clear()
    {
        Image = 0;
        Offset = 0;
        HasOffset = false;
        TotalBytes = 0;
        HasTotal = false;
        DigestOffset = 0;
        DigestBytes = 0;
        DataOffset = 0;
        DataBytes = 0;
        UpgradeOnly = false;
        Insist = false;
        IsOverlay = false;
        HasUnknownStrategy = false;
    }
}
