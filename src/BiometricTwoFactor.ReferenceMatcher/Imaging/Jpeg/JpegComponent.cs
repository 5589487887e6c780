namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>One colour component of a JPEG picture: how it is sampled, and what has been decoded of it.</summary>
internal sealed class JpegComponent(byte id, int horizontal, int vertical, int quantiser)
{
    /// <summary>In <see cref="Precision"/>: nothing of this coefficient has been sent yet.</summary>
    public const sbyte NotSent = -1;

    public byte Id { get; } = id;

    /// <summary>Blocks side by side in one MCU; relative to the other components', how finely this one is sampled.</summary>
    public int Horizontal { get; } = horizontal;

    /// <summary>Blocks on top of each other in one MCU.</summary>
    public int Vertical { get; } = vertical;

    /// <summary>The slot of its quantisation table.</summary>
    public int Quantiser { get; } = quantiser;

    /// <summary>Blocks from left to right that hold something of the picture.</summary>
    public int BlocksWide { get; set; }

    /// <summary>Blocks from top to bottom that hold something of the picture.</summary>
    public int BlocksHigh { get; set; }

    /// <summary>Blocks from left to right when MCUs are whole: what is allocated.</summary>
    public int PaddedWide { get; set; }

    /// <summary>Blocks from top to bottom when MCUs are whole.</summary>
    public int PaddedHigh { get; set; }

    /// <summary>Samples along one side of a decoded block: 8, or less when the picture is reduced.</summary>
    public int BlockSize { get; set; }

    /// <summary>Samples from left to right that hold something of the picture, after reduction.</summary>
    public int Width { get; set; }

    /// <summary>Samples from top to bottom that hold something of the picture, after reduction.</summary>
    public int Height { get; set; }

    /// <summary>Bytes from one row of <see cref="Samples"/> to the next.</summary>
    public int Stride => PaddedWide * BlockSize;

    /// <summary>The decoded samples, row by row.</summary>
    public byte[] Samples { get; set; } = [];

    /// <summary>Progressive only: 64 a block, in coded order, the blocks row by row.</summary>
    public short[] Coefficients { get; set; } = [];

    /// <summary>Its quantisation table in natural order, as it stood when the component's first scan began. Null before.</summary>
    public int[]? Quantisation { get; set; }

    /// <summary>Progressive only: by coefficient in zigzag order, the lowest bit sent so far, or <see cref="NotSent"/>.</summary>
    public sbyte[] Precision { get; } = NothingSent();

    /// <summary>The last block's DC coefficient in the scan at hand.</summary>
    public int Prediction { get; set; }

    /// <summary>The scan at hand's table of DC sizes.</summary>
    public HuffmanTable? DcTable { get; set; }

    /// <summary>The scan at hand's table of AC runs and sizes.</summary>
    public HuffmanTable? AcTable { get; set; }

    private static sbyte[] NothingSent()
    {
        var precision = new sbyte[64];
        Array.Fill(precision, NotSent);
        return precision;
    }
}
