using Twinbank.Errors;
using Twinbank.Layout.Inputs;
using Twinbank.Layout.Records;

namespace Twinbank.Layout.Planning;

/// <summary>
/// The areas of a layout while it is planned. In the image, in this order where nothing forbids it: initial
/// values, what the script places by itself, then code and constants, whose end is open. In RAM: data, then zeros.
/// </summary>
sealed class AreaBook
{
    const uint AreaAlignmentBytes = 64;

    readonly LinkInputs _link;
    readonly LayoutGeometry _geometry;
    readonly uint _previousDataStart;
    readonly uint _previousZeroStart;

    AreaBook(LinkInputs link, LayoutGeometry geometry, LayoutRecord? previous)
    {
        _link = link;
        _geometry = geometry;
        Rest = previous?.Rest;
        Load = previous?.Load;
        Data = previous?.Data;
        Zero = previous?.Zero;
        Code = previous?.Code ?? new RecordedArea(link.Code.Address, 0, 0);
        if (previous is null)
        {
            PlanFirst();
        }
        else
        {
            AddMissing();
        }

        _previousDataStart = Data?.Start ?? 0;
        _previousZeroStart = Zero?.Start ?? 0;
        LimitCode();
    }

    internal RecordedArea Code { get; private set; }

    internal RecordedArea? Rest { get; private set; }

    internal RecordedArea? Load { get; private set; }

    internal RecordedArea? Data { get; private set; }

    internal RecordedArea? Zero { get; private set; }

    internal static AreaBook First(LinkInputs link, LayoutGeometry geometry) => new(link, geometry, null);

    internal static AreaBook Next(LinkInputs link, LayoutGeometry geometry, LayoutRecord previous)
        => new(link, geometry, previous);

    /// <summary>What lies inside the image and is no code.</summary>
    internal IReadOnlyList<AddressSpan> ReservedInCode
        => [.. new[] { Rest, Load, Data, Zero }.OfType<RecordedArea>()
            .Where(area => _geometry.Contains(area.Start))
            .Select(area => new AddressSpan(area.Start, (uint)area.EndAddress)).OrderBy(span => span.Start)];

    /// <summary>True on boards that load the image to RAM: initial values are used where they lie.</summary>
    bool DataIsInImage => _link.Data is { } data && data.Address == data.LoadAddress;

    internal RecordedArea? Variables(PieceKind kind) => kind == PieceKind.Data ? Data : Zero;

    internal uint PreviousStart(PieceKind kind) => kind == PieceKind.Data ? _previousDataStart : _previousZeroStart;

    /// <summary>An eighth more than now, so that a new variable does not move the others.</summary>
    static uint WithRoom(uint bytes)
        => AddressSpan.Align(bytes + Math.Max(AreaAlignmentBytes, bytes / 8), AreaAlignmentBytes);

    void PlanFirst()
    {
        uint codeBytes = CodeBytes();
        bool restFirst = _link.PrefixBytes == 0;
        uint start = _link.Code.Address + _link.PrefixBytes;
        uint cursor = restFirst
            ? start
            : AddressSpan.Align(start + codeBytes + _geometry.SpareBytes, AreaAlignmentBytes);
        if (_link.Data is { } data)
        {
            var initial = new RecordedArea(cursor, WithRoom(data.SizeBytes), 0);
            cursor = (uint)initial.EndAddress;
            Load = DataIsInImage ? null : initial;
            Data = DataIsInImage ? initial : initial with { Start = data.Address };
        }

        // Next to the code, because both are in one segment, and initial values between them would be in it, too.
        Rest = new RecordedArea(cursor, WithRoom(RestBytes()), 0);
        cursor = (uint)Rest.EndAddress;
        Code = new RecordedArea(restFirst ? cursor : start, 0, 0);
        Zero = _link.Zero is { } zero
            ? new RecordedArea(ZeroStart(zero, Math.Max(cursor, Code.Start + codeBytes)), WithRoom(zero.SizeBytes), 0)
            : null;
    }

    /// <summary>Behind what is before it in the script, with room for that to grow.</summary>
    uint ZeroStart(LinkOutput zero, uint imageEnd)
    {
        if (_geometry.Contains(zero.Address))
        {
            return AddressSpan.Align(imageEnd + Math.Max(_geometry.SpareBytes, imageEnd / 8 % _geometry.WindowBytes),
                AreaAlignmentBytes);
        }

        bool follows = Data is { } data && zero.Address >= data.Start && zero.Address < data.EndAddress;
        return follows ? (uint)Data!.EndAddress : zero.Address;
    }

    /// <summary>Kinds that the previous release did not have get an area behind the others.</summary>
    void AddMissing()
    {
        if (_link.Zero is { } zero)
        {
            uint start = Math.Max(zero.Address, (uint)(Data?.EndAddress ?? 0));
            Zero ??= new RecordedArea(start, WithRoom(zero.SizeBytes), 0);
        }

        if (_link.Data is { } data && Data is null)
        {
            Data = new RecordedArea(
                AddressSpan.Align((uint)(Zero?.EndAddress ?? data.Address), AreaAlignmentBytes),
                WithRoom(data.SizeBytes), 0);
        }
    }

    /// <summary>Code may go on to the end of the window, or to the zeros where they are in the same memory.</summary>
    void LimitCode()
    {
        ulong end = Zero is { } zero && _geometry.Contains(zero.Start) ? zero.Start : _geometry.EndAddress;
        Code = Code with { RoomBytes = (uint)Math.Max(0, (long)Math.Min(end, uint.MaxValue) - Code.Start) };
    }

    /// <summary>Bytes that all code and constants need, with the spare area of each block they fill.</summary>
    uint CodeBytes()
    {
        ulong bytes = 0;
        foreach (Piece piece in _link.Pieces)
        {
            bytes += piece.Kind <= PieceKind.Constant ? piece.SizeBytes + piece.AlignmentBytes - 1 : 0;
        }

        uint usable = _geometry.WindowBytes - _geometry.SpareBytes;
        ulong total = bytes + ((bytes / usable + 1) * _geometry.SpareBytes);
        return total <= _geometry.VirtualBytes
            ? (uint)total
            : throw Full("code and constants", _geometry.VirtualBase, (long)total, _geometry.VirtualBytes);
    }

    /// <summary>Bytes of the image that no piece holds, in output sections other than that of the code.</summary>
    uint RestBytes()
        => (uint)_link.Outputs
            .Where(output => output is { IsWritable: false, HasBytes: true } && output != _link.Code
                && output.Address > _link.Code.Address)
            .Sum(output => Math.Max(0, output.SizeBytes - _link.Pieces
                .Where(piece => piece.Kind == PieceKind.Constant && piece.LinkedAddress >= output.Address
                    && piece.LinkedAddress < output.Address + output.SizeBytes)
                .Sum(piece => (long)piece.SizeBytes)));

    /// <summary>Initial values lie together in the image; when they need more room, they move behind it.</summary>
    internal void FixLoad(uint dataEnd, List<string> notes)
    {
        uint rest = RestBytes();
        if (Rest is null || rest > Rest.RoomBytes)
        {
            Rest = Behind(WithRoom(rest), notes);
            notes.Add("What the script places by itself needs more room, so it moves behind the code.");
        }

        Rest = Rest with { UsedBytes = rest };
        if (Data is null || DataIsInImage)
        {
            Load = null;
            return;
        }

        uint used = AddressSpan.Align(dataEnd > Data.Start ? dataEnd - Data.Start : 0, AreaAlignmentBytes);
        if (Load is null || used > Load.RoomBytes)
        {
            Load = Behind(WithRoom(used), notes);
            notes.Add("The initial values of variables need more room, so they move behind the code.");
        }

        Load = Load with { UsedBytes = used };
    }

    /// <summary>An area behind everything of the image; zeros that are in the same memory make way.</summary>
    RecordedArea Behind(uint roomBytes, List<string> notes)
    {
        var area = new RecordedArea(ImageEnd(), roomBytes, 0);
        if (Zero is { } zero && zero.Start < area.EndAddress && zero.EndAddress > area.Start)
        {
            uint start = AddressSpan.Align((uint)area.EndAddress + _geometry.SpareBytes, AreaAlignmentBytes);
            Zero = zero with { Start = start };
            notes.Add("The variables that start as zero move to make room for the image.");
            LimitCode();
        }

        return area;
    }

    uint ImageEnd()
    {
        ulong data = DataIsInImage ? Data?.EndAddress ?? 0 : 0;
        ulong[] ends = [Code.Start + (ulong)Code.UsedBytes, Rest?.EndAddress ?? 0, Load?.EndAddress ?? 0, data];
        return AddressSpan.Align((uint)ends.Max(), AreaAlignmentBytes);
    }

    /// <summary>More room for variables; what is in the way moves.</summary>
    internal RecordedArea Enlarge(PieceKind kind, List<string> notes)
    {
        RecordedArea area = Variables(kind)!;
        uint more = Math.Max(AreaAlignmentBytes, area.RoomBytes / 4);
        ulong room = AddressSpan.Align(area.RoomBytes + more, AreaAlignmentBytes);
        if (area.Start + room > uint.MaxValue / 2 * 2UL)
        {
            throw Full($"variables ({kind})", area.Start, (long)room, area.RoomBytes);
        }

        RecordedArea larger = area with { RoomBytes = (uint)room };
        if (kind == PieceKind.Zero)
        {
            Zero = larger;
            return larger;
        }

        if (DataIsInImage)
        {
            larger = larger with { Start = Zero?.Start ?? ImageEnd() };
            notes.Add("The variables with initial values need more room, so they move behind the code.");
        }

        Data = larger;
        if (Zero is { } zero && zero.Start < larger.EndAddress && zero.EndAddress > larger.Start)
        {
            Zero = zero with { Start = AddressSpan.Align((uint)larger.EndAddress, AreaAlignmentBytes) };
            notes.Add("The variables that start as zero move to make room for those with initial values.");
        }

        return larger;
    }

    /// <summary>Where zeros follow the image in one memory, they can give way, once; false when nothing can.</summary>
    internal bool TryMakeRoomForCode(Piece[] pieces, List<string> notes)
    {
        if (Zero is not { } zero || !_geometry.Contains(zero.Start))
        {
            return false;
        }

        uint bytes = (uint)Math.Min(pieces.Sum(piece => (long)piece.SizeBytes) / 4, uint.MaxValue / 4);
        uint start = AddressSpan.Align(zero.Start + Math.Max(_geometry.SpareBytes, bytes), AreaAlignmentBytes);
        if (start + (ulong)zero.RoomBytes > _geometry.EndAddress)
        {
            return false;
        }

        Zero = zero with { Start = start };
        notes.Add("The code has reached the variables that start as zero, so they move.");
        LimitCode();
        return true;
    }

    FirmwareException Full(string area, uint start, long size, uint room)
        => new(ErrorCode.LayoutFull, ("area", area), ("start", start), ("size", size), ("room", room));
}
