namespace BiometricTwoFactor;

/// <summary>
/// A report on its way from the provider: never whole in memory, never longer than the limit, and never waited for
/// longer than an attempt's time per read.
/// </summary>
internal sealed class ReportStream(HttpResponseMessage response, Stream inner, int limit, TimeSpan patience, TimeProvider time) : Stream
{
    private long _count;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _count;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var deadline = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return Counted(await inner.ReadAsync(buffer, either.Token));
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new BiometricException(BiometricErrorCode.Timeout, "The provider stopped sending the report.");
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException)
        {
            throw BrokenOff(failure);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>For callers that cannot do better; only the asynchronous reads keep the time.</summary>
    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return Counted(inner.Read(buffer, offset, count));
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException)
        {
            throw BrokenOff(failure);
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            response.Dispose();
        }

        base.Dispose(disposing);
    }

    private static BiometricException BrokenOff(Exception failure) =>
        new(BiometricErrorCode.Unreachable, "The transfer of the report broke off.", failure);

    private int Counted(int read)
    {
        _count += read;
        return _count <= limit
            ? read
            : throw new BiometricException(
                BiometricErrorCode.AnswerTooLarge,
                $"The report is over the limit of {limit} bytes (Biometric:{nameof(BiometricClientOptions.ReportMaxBytes)}).");
    }
}
