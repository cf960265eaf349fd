using Twinbank.Core;

namespace Twinbank.Agent;

/// <summary>
/// The images of a device as SMP's image group sees them: slots that can be looked at, one upload at a time, a trial, a
/// confirmation. <see cref="DeviceImageStore"/> is the one over our slots and journal.
/// </summary>
public abstract class ImageStore
{
    /// <summary>Slots of the device, 1 to 4; numbered from 0.</summary>
    public abstract int SlotCount { get; }

    /// <summary>Slot an erase without a number is meant for: the one an upload goes to.</summary>
    public abstract int UploadSlot { get; }

    /// <summary>Size of a slot in bytes.</summary>
    public abstract uint SlotBytes(int slot);

    /// <summary>Largest image in bytes.</summary>
    public abstract uint ImageBytesMax { get; }

    /// <summary>Fills in what the slot holds. Gives Ok, or NotFound when it holds nothing that could be called an
    /// image.</summary>
    public abstract Status ReadSlot(int slot, SlotStatus status);

    /// <summary>
    /// Starts an upload of <paramref name="totalBytes"/>, forgetting any other. The digest (SHA-256 of the whole
    /// upload) is 32 bytes, or <paramref name="digestBytes"/> is 0 when the client gave none. <paramref name="insist"/>
    /// accepts an image that failed its trial here before.
    /// </summary>
    public abstract Status BeginUpload(uint totalBytes, byte[] source, int digestOffset, int digestBytes, bool insist);

    /// <summary>
    /// The same for an overlay: a delta that is kept beside the running image. NotSupported where there are none.
    /// </summary>
    public virtual Status BeginOverlay(
        uint totalBytes, byte[] source, int digestOffset, int digestBytes, bool insist) => Status.NotSupported;

    /// <summary>
    /// Takes bytes that start at <see cref="UploadOffset"/>. Anything but Ok ends the upload.
    /// </summary>
    public abstract Status AcceptUpload(byte[] data, int offset, int count);

    /// <summary>
    /// Offset of the byte wanted next. It may jump over bytes that the device holds already, and is the total at the
    /// end.
    /// </summary>
    public abstract uint UploadOffset { get; }

    /// <summary>After the whole upload: whether it is what its digest said.</summary>
    public abstract bool UploadMatches { get; }

    /// <summary>Makes the next boot try the image with this digest. Gives Ok, NotFound, or why it may not be
    /// tried.</summary>
    public abstract Status RequestTrial(byte[] source, int digestOffset, int digestBytes);

    /// <summary>
    /// Confirms the image with this digest; without one (<paramref name="digestBytes"/> 0) the running image.
    /// </summary>
    public abstract Status Confirm(byte[] source, int digestOffset, int digestBytes);

    /// <summary>Empties a slot. Gives Ok, NotFound, or WrongState when the device needs what it holds.</summary>
    public abstract Status Erase(int slot);
}
