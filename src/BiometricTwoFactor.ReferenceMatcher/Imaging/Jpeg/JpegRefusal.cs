namespace BiometricTwoFactor.ReferenceMatcher.Imaging;

/// <summary>Why a JPEG file is not read: one sentence each, which quotes nothing of the file.</summary>
internal static class JpegRefusal
{
    public const string NotJpeg = "The file is no JPEG picture.";
    public const string TooLong = "The file is longer than the limit allows.";
    public const string TooManyPixels = "The JPEG picture has more pixels than the limit allows.";
    public const string TooMuchMemory = "The JPEG picture needs more memory than the limit allows.";
    public const string TooMuchWork = "The JPEG picture is spread over more scans than its size warrants.";
    public const string Arithmetic = "The picture is arithmetic-coded JPEG, which is not read.";
    public const string Lossless = "The picture is lossless JPEG, which is not read.";
    public const string Hierarchical = "The picture is hierarchical JPEG, which is not read.";
    public const string JpegLs = "The picture is JPEG-LS, which is not read.";
    public const string TwelveBit = "The JPEG picture has 12 bits a sample; only 8 are read.";
    public const string OtherPrecision = "The JPEG picture has neither 8 nor 12 bits a sample.";
    public const string NoHeight = "The JPEG picture states no height in its header, which is not read.";
    public const string NoWidth = "The JPEG picture has no width.";
    public const string ComponentCount = "The JPEG picture has a number of colour components other than one, three or four.";
    public const string NoPicture = "The JPEG file ends before any picture.";
    public const string Truncated = "The JPEG picture is cut off.";
    public const string CorruptHeader = "The JPEG file's header is damaged.";
    public const string CorruptTable = "A table of the JPEG file is damaged.";
    public const string MissingTable = "The JPEG file lacks a table that its picture needs.";
    public const string CorruptScan = "A scan of the JPEG picture is described wrongly.";
    public const string CorruptData = "The JPEG picture's data is damaged.";
}
