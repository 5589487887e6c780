namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>A JPEG picture's frame header and what follows from it: sizes in blocks and samples, and what decoding will hold.</summary>
internal sealed class JpegFrame
{
    private const int FullBlock = 8;

    public JpegFrame(int width, int height, bool progressive, JpegComponent[] components)
    {
        Width = width;
        Height = height;
        Progressive = progressive;
        Components = components;
        foreach (var component in components)
        {
            MaxHorizontal = Math.Max(MaxHorizontal, component.Horizontal);
            MaxVertical = Math.Max(MaxVertical, component.Vertical);
        }

        McusWide = DivideUp(width, FullBlock * MaxHorizontal);
        McusHigh = DivideUp(height, FullBlock * MaxVertical);
        foreach (var component in components)
        {
            component.BlocksWide = DivideUp(width * component.Horizontal, FullBlock * MaxHorizontal);
            component.BlocksHigh = DivideUp(height * component.Vertical, FullBlock * MaxVertical);
            component.PaddedWide = McusWide * component.Horizontal;
            component.PaddedHigh = McusHigh * component.Vertical;
        }

        Reduce(1);
    }

    public int Width { get; }

    public int Height { get; }

    public bool Progressive { get; }

    public JpegComponent[] Components { get; }

    public int MaxHorizontal { get; }

    public int MaxVertical { get; }

    /// <summary>MCUs (minimum coded units) from left to right, when all components share one scan.</summary>
    public int McusWide { get; }

    public int McusHigh { get; }

    /// <summary>1, 2, 4 or 8.</summary>
    public int ReducedBy { get; private set; }

    public int OutputWidth => DivideUp(Width, ReducedBy);

    public int OutputHeight => DivideUp(Height, ReducedBy);

    /// <summary>Samples along one side of a block of the most finely sampled component.</summary>
    public int SmallestBlock => FullBlock / ReducedBy;

    /// <summary>Blocks of all components, padding left out: what any complete file codes at the least.</summary>
    public long Blocks
    {
        get
        {
            long blocks = 0;
            foreach (var component in Components)
            {
                blocks += (long)component.BlocksWide * component.BlocksHigh;
            }

            return blocks;
        }
    }

    /// <summary>Bytes held while decoding: samples, coefficients, the picture, and its upright copy if there is to be one.</summary>
    public long Memory(bool turned)
    {
        var picture = 3L * OutputWidth * OutputHeight;
        var memory = turned ? picture * 2 : picture;
        foreach (var component in Components)
        {
            var blocks = (long)component.PaddedWide * component.PaddedHigh;
            memory += blocks * component.BlockSize * component.BlockSize;
            memory += Progressive ? blocks * 64 * sizeof(short) : 0;
        }

        return memory;
    }

    /// <summary>Whether every array that decoding needs is one that .NET can make.</summary>
    public bool Fits()
    {
        foreach (var component in Components)
        {
            if ((long)component.PaddedWide * component.PaddedHigh * 64 > Array.MaxLength)
            {
                return false;
            }
        }

        return 3L * OutputWidth * OutputHeight <= Array.MaxLength;
    }

    /// <summary>
    /// Chooses the largest reduction that leaves the longer side at least <paramref name="reduceAbove"/> pixels. 0 reduces
    /// nothing.
    /// </summary>
    public void ReduceAbove(int reduceAbove)
    {
        var by = 1;
        while (reduceAbove > 0 && by < FullBlock && DivideUp(Math.Max(Width, Height), by * 2) >= reduceAbove)
        {
            by *= 2;
        }

        Reduce(by);
    }

    public void Allocate()
    {
        foreach (var component in Components)
        {
            component.Samples = new byte[component.Stride * component.PaddedHigh * component.BlockSize];
            component.Coefficients = Progressive ? new short[component.PaddedWide * component.PaddedHigh * 64] : [];
        }
    }

    private void Reduce(int by)
    {
        ReducedBy = by;
        foreach (var component in Components)
        {
            // A coarsely sampled component is reduced less, so that it need not be enlarged again.
            var size = SmallestBlock;
            while (size < FullBlock && CoversTwice(component, size))
            {
                size *= 2;
            }

            component.BlockSize = size;
            component.Width = DivideUp(Width * component.Horizontal * size, FullBlock * MaxHorizontal);
            component.Height = DivideUp(Height * component.Vertical * size, FullBlock * MaxVertical);
        }
    }

    private bool CoversTwice(JpegComponent component, int size) =>
        MaxHorizontal * SmallestBlock % (component.Horizontal * size * 2) == 0 && MaxVertical * SmallestBlock % (component.Vertical * size * 2) == 0;

    private static int DivideUp(int value, int by) => (value + by - 1) / by;
}
