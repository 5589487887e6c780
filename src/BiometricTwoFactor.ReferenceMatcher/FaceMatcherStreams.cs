using System.Security.Cryptography;

namespace BiometricTwoFactor.ReferenceMatcher;

/// <summary>The same from streams. Only the reading is asynchronous; the work itself runs where the reading ended.</summary>
public sealed partial class FaceMatcher
{
    /// <summary>As <see cref="Analyze"/>. Reads the stream to its end, at most one byte beyond <see cref="FaceMatcherOptions.MaxImageBytes"/>.</summary>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public async Task<FaceAnalysis> AnalyzeAsync(Stream image, CancellationToken cancellationToken = default)
    {
        using var file = await FileBytes.ReadAsync(image, _settings.MaxImageBytes, cancellationToken);
        return Analyze(file.Span);
    }

    /// <summary>As <see cref="CreateTemplate"/>.</summary>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public async Task<FaceTemplateResult> CreateTemplateAsync(Stream image, CancellationToken cancellationToken = default)
    {
        using var file = await FileBytes.ReadAsync(image, _settings.MaxImageBytes, cancellationToken);
        return CreateTemplate(file.Span);
    }

    /// <summary>As <see cref="Match(ReadOnlySpan{byte}, ReadOnlySpan{byte}, string?)"/>.</summary>
    /// <exception cref="IOException">A stream cannot be read.</exception>
    public async Task<FaceComparison> MatchAsync(Stream selfie, Stream reference, string? workflow = null, CancellationToken cancellationToken = default)
    {
        using var live = await FileBytes.ReadAsync(selfie, _settings.MaxImageBytes, cancellationToken);
        using var enrolled = await FileBytes.ReadAsync(reference, _settings.MaxImageBytes, cancellationToken);
        return Match(live.Span, enrolled.Span, workflow);
    }

    /// <summary>As <see cref="CheckLiveness"/>.</summary>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public async Task<LivenessResult> CheckLivenessAsync(Stream image, CancellationToken cancellationToken = default)
    {
        using var file = await FileBytes.ReadAsync(image, _settings.MaxImageBytes, cancellationToken);
        return CheckLiveness(file.Span);
    }

    /// <summary>A file in memory that is wiped after use: it is a picture of somebody.</summary>
    private sealed class FileBytes : IDisposable
    {
        private byte[] _bytes = new byte[64 * 1024];
        private int _length;

        public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, _length);

        public static async Task<FileBytes> ReadAsync(Stream stream, int limit, CancellationToken cancellationToken)
        {
            ArgumentNullException.ThrowIfNull(stream);
            var file = new FileBytes();
            try
            {
                int read;
                while (file._length <= limit && (read = await stream.ReadAsync(file.Rest(limit), cancellationToken)) > 0)
                {
                    file._length += read;
                }

                return file;
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }

        public void Dispose() => CryptographicOperations.ZeroMemory(_bytes);

        /// <summary>Room for more, up to one byte beyond the limit: the decoder then refuses the file for its length.</summary>
        private Memory<byte> Rest(int limit)
        {
            if (_length == _bytes.Length)
            {
                var larger = new byte[Math.Min(2L * _bytes.Length, Array.MaxLength)];
                _bytes.CopyTo(larger, 0);
                Dispose();
                _bytes = larger;
            }

            return _bytes.AsMemory(_length, (int)Math.Min(_bytes.Length - _length, (long)limit + 1 - _length));
        }
    }
}
