using Twinbank.Core;
using Twinbank.Core.Smp;

namespace Twinbank.Agent;

/// <summary>Answers upload requests (specs/smp.md section 5).</summary>
/// <remarks>
/// The device leads: every answer names the offset it wants next. A chunk for another offset changes nothing and gets
/// that same answer, which is how requests that were sent twice, out of turn, or ahead over a jump are put right.
/// </remarks>
sealed class UploadHandler
{
    readonly ImageStore _store;
    readonly UploadSession _session = new UploadSession();
    readonly UploadChunk _chunk = new UploadChunk();

    internal UploadHandler(ImageStore store) => _store = store;

    /// <summary>The next chunk must start an upload anew.</summary>
    internal void Close() => _session.Close();

    internal Status Handle(CborReader arguments, CborWriter response)
    {
        UploadChunk chunk = _chunk;
        chunk.Read(arguments);
        Status status = arguments.Status == Status.Ok ? Check(chunk) : arguments.Status;
        if (status == Status.Ok)
        {
            status = Take(chunk, arguments.Buffer);
        }

        if (status != Status.Ok)
        {
            return status;
        }

        WriteAnswer(response);
        return Status.Ok;
    }

    static Status Check(UploadChunk chunk)
    {
        if (!chunk.HasOffset || (chunk.DigestBytes != 0 && chunk.DigestBytes != UploadSession.DigestBytes))
        {
            return Status.BadField;
        }

        if (chunk.Image != 0)
        {
            return Status.NotFound;
        }

        // Only images that are newer: a promise this device does not make is better refused than ignored.
        return chunk.UpgradeOnly || chunk.HasUnknownStrategy ? Status.NotSupported : Status.Ok;
    }

    Status Take(UploadChunk chunk, byte[] buffer)
    {
        if (chunk.Offset == 0 && chunk.HasTotal)
        {
            if (_session.IsOverlay == chunk.IsOverlay
                && _session.IsSame(chunk.TotalBytes, buffer, chunk.DigestOffset, chunk.DigestBytes)
                && _store.UploadOffset > 0)
            {
                return Status.Ok;
            }

            Status status = chunk.IsOverlay
                ? _store.BeginOverlay(
                    chunk.TotalBytes, buffer, chunk.DigestOffset, chunk.DigestBytes, chunk.Insist)
                : _store.BeginUpload(
                    chunk.TotalBytes, buffer, chunk.DigestOffset, chunk.DigestBytes, chunk.Insist);
            if (status != Status.Ok)
            {
                _session.Close();
                return status;
            }

            _session.IsOverlay = chunk.IsOverlay;
            _session.Open(chunk.TotalBytes, buffer, chunk.DigestOffset, chunk.DigestBytes);
        }
        else if (!_session.IsOpen)
        {
            // A first chunk has to say how long the upload is; any other one is told to start with it.
            return chunk.Offset == 0 ? Status.BadField : Status.Ok;
        }

        return chunk.Offset == _store.UploadOffset ? Accept(chunk, buffer) : Status.Ok;
    }

    Status Accept(UploadChunk chunk, byte[] buffer)
    {
        Status status = (uint)chunk.DataBytes > _session.TotalBytes - _store.UploadOffset
            ? Status.BadLength
            : _store.AcceptUpload(buffer, chunk.DataOffset, chunk.DataBytes);
        if (status != Status.Ok)
        {
            _session.Close();
        }

        return status;
    }

    void WriteAnswer(CborWriter response)
    {
        uint wanted = _session.IsOpen ? _store.UploadOffset : 0;
        bool withMatch = _session.IsOpen && wanted == _session.TotalBytes && _session.HasDigest;
        response.BeginMap(withMatch ? 2 : 1);
        response.WriteText("off");
        response.WriteUnsigned(wanted);
        if (withMatch)
        {
            response.WriteText("match");
            response.WriteBoolean(_store.UploadMatches);
        }
    }
}
