using System.Text.Json;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// The file that an emulator's state is kept in: readable by its owner only, since it holds session tokens and secrets,
/// replaced as a whole, and held by one emulator at a time.
/// </summary>
internal sealed class StateFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _lock;

    /// <exception cref="IOException">Another emulator holds the file, or its folder cannot be written to.</exception>
    public StateFile(string path)
    {
        _path = Path.GetFullPath(path);
        try
        {
            // Beside the file, which is replaced: a lock on itself would go with the old one.
            _lock = Open(_path + ".lock", FileMode.OpenOrCreate, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException("The state file cannot be used: another emulator holds it, or its folder cannot be written to.", e);
        }
    }

    /// <summary>Null when there is none yet.</summary>
    /// <exception cref="InvalidDataException">It is no state file of this version.</exception>
    public SavedState? Load()
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(_path);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException("The state file cannot be read.", e);
        }

        try
        {
            return JsonSerializer.Deserialize(bytes, SavedStateJson.Default.SavedState) is { Version: SavedState.CurrentVersion } state
                ? state
                : throw new InvalidDataException("The state file was written by another version of the emulator.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("The state file is no state of an emulator, or it is damaged.", e);
        }
    }

    /// <exception cref="IOException">It cannot be written. The one before stays as it was.</exception>
    public void Save(SavedState state)
    {
        var next = _path + ".new";
        File.Delete(next); // one that is there already would keep its owner and its permissions
        using (var file = Open(next, FileMode.CreateNew, FileOptions.None))
        {
            JsonSerializer.Serialize(file, state, SavedStateJson.Default.SavedState);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, _path, overwrite: true);
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream Open(string path, FileMode mode, FileOptions options)
    {
        var how = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = options };
        if (!OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, how);
    }
}
