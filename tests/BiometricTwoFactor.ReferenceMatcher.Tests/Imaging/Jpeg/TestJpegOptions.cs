namespace BiometricTwoFactor.ReferenceMatcher.Tests.Imaging.Jpeg;

/// <summary>What <see cref="TestJpegWriter"/> writes. The defaults make a baseline YCbCr picture without subsampling.</summary>
public sealed record TestJpegOptions
{
    public int Width { get; init; } = 16;

    public int Height { get; init; } = 16;

    /// <summary>Identifier and sampling factors of each component.</summary>
    public IReadOnlyList<(byte Id, int Horizontal, int Vertical)> Components { get; init; } = [(1, 1, 1), (2, 1, 1), (3, 1, 1)];

    public bool Progressive { get; init; }

    /// <summary>Sequential only: one scan with all components, or one for each.</summary>
    public bool Interleaved { get; init; } = true;

    public int RestartInterval { get; init; }

    /// <summary>The one value of the quantisation table. 1 keeps the picture almost as it was.</summary>
    public int Quantiser { get; init; } = 1;

    /// <summary>Writes the quantisation table in 16 bits.</summary>
    public bool WideTables { get; init; }

    public bool Jfif { get; init; }

    /// <summary>The colour transform of an Adobe marker, or null for none.</summary>
    public byte? Adobe { get; init; }

    /// <summary>EXIF orientation, or null for no EXIF.</summary>
    public int? Orientation { get; init; }

    public bool LittleEndianExif { get; init; }

    /// <summary>The frame's marker, when it is to be another than what was written.</summary>
    public byte? FrameMarker { get; init; }

    /// <summary>Precedes each marker with this many fill bytes.</summary>
    public int FillBytes { get; init; }

    public static TestJpegOptions Sampled(params (int Horizontal, int Vertical)[] factors) => new()
    {
        Components = [.. factors.Select((factor, index) => ((byte)(index + 1), factor.Horizontal, factor.Vertical))],
    };
}
