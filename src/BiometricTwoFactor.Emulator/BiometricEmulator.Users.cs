namespace BiometricTwoFactor.Emulator;

public sealed partial class BiometricEmulator
{
    /// <summary>
    /// Enrols a face for a user without a picture of it: enough for scenarios. A picture that is given to a capture has then
    /// nothing to be compared with and is declined (<c>NO_REFERENCE_IMAGE</c>), unless <see cref="BiometricEmulatorOptions.FaceMatchScore"/> is set.
    /// </summary>
    public void StoreFace(string vendorData)
    {
        ArgumentNullException.ThrowIfNull(vendorData);
        lock (_core.Store.Gate)
        {
            _core.Store.StoreFace(vendorData);
        }

        _core.Changes.Notify();
    }

    /// <summary>Enrols a face for a user, as by hand in the provider's console: what captures of that user are compared with.</summary>
    /// <param name="vendorData">The user.</param>
    /// <param name="image">The portrait's file, JPEG or PNG. A copy is kept, in memory only; an earlier one is zeroed.</param>
    /// <exception cref="ArgumentException">The file begins like no picture.</exception>
    public void StoreFace(string vendorData, ReadOnlySpan<byte> image)
    {
        ArgumentNullException.ThrowIfNull(vendorData);
        if (!ImageFormat.IsKnown(image))
        {
            throw new ArgumentException("The portrait is no JPEG or PNG file.", nameof(image));
        }

        lock (_core.Store.Gate)
        {
            _core.Store.StoreFace(vendorData, new HeldPicture(image));
        }

        _core.Changes.Notify();
    }

    /// <summary>
    /// Removes every stored face of a user and zeroes the pictures, portraits of open sessions included: those have nothing
    /// left to compare with.
    /// </summary>
    public void ForgetFace(string vendorData)
    {
        ArgumentNullException.ThrowIfNull(vendorData);
        lock (_core.Store.Gate)
        {
            _core.Store.ForgetFace(vendorData);
        }

        _core.Changes.Notify();
    }

    /// <summary>Whether a face-match workflow would find a stored face for this user.</summary>
    public bool HasFace(string vendorData)
    {
        ArgumentNullException.ThrowIfNull(vendorData);
        lock (_core.Store.Gate)
        {
            return _core.Store.HasFace(vendorData);
        }
    }

    /// <summary>Blocks a user: creating sessions for them is refused with 400.</summary>
    /// <param name="vendorData">The user.</param>
    /// <param name="blocked">False lifts the block.</param>
    public void Block(string vendorData, bool blocked = true)
    {
        ArgumentNullException.ThrowIfNull(vendorData);
        lock (_core.Store.Gate)
        {
            _core.Store.SetBlocked(vendorData, blocked);
        }

        _core.Changes.Notify();
    }
}
