using System.Text;
using System.Text.Json;
using BiometricTwoFactor.ReferenceMatcher;

namespace BiometricTwoFactor.Cli;

/// <summary>What the face commands print: one JSON object whose names are kept. Never a template, never a path.</summary>
internal static class FaceJson
{
    // More digits differ from one processor to the next.
    private const int RatioDigits = 6;
    private const int MeasureDigits = 2;

    public static async Task WriteAsync(TextWriter output, Action<Utf8JsonWriter> members)
    {
        using var stream = new MemoryStream();
        await using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        await output.WriteLineAsync(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
        await output.FlushAsync();
    }

    /// <summary>A ratio such as a similarity; null where there is none.</summary>
    public static void WriteRatio(this Utf8JsonWriter json, string name, double? value) => json.WriteRounded(name, value, RatioDigits);

    /// <summary>A length, an angle or a grey level; null where there is none.</summary>
    public static void WriteMeasure(this Utf8JsonWriter json, string name, double? value) => json.WriteRounded(name, value, MeasureDigits);

    /// <summary>0 to 100 with two decimals; null where there is none.</summary>
    public static void WriteScore(this Utf8JsonWriter json, string name, double? share)
    {
        if (share is { } value)
        {
            json.WriteNumber(name, Percentage.Of(value));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>The warnings, each with the picture it is about; null for none of them, or all.</summary>
    public static void WriteWarnings(this Utf8JsonWriter json, IEnumerable<FaceWarning> warnings, Func<FaceWarning, string?> pictureOf)
    {
        json.WriteStartArray("warnings");
        foreach (var warning in warnings)
        {
            json.WriteStartObject();
            json.WriteString("code", warning.Code);
            json.WriteString("reason", warning.Reason);
            json.WriteString("picture", pictureOf(warning));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WritePictures(this Utf8JsonWriter json, params ReadOnlySpan<(string Name, FaceAnalysis Analysis)> pictures)
    {
        json.WriteStartArray("pictures");
        foreach (var (name, analysis) in pictures)
        {
            json.WriteStartObject();
            json.WriteString("picture", name);
            json.WriteBox(analysis.Face?.Box);
            json.WriteRatio("confidence", analysis.Face?.Confidence);
            json.WriteMeasure("roll_degrees", analysis.Face?.RollDegrees);
            json.WriteMeasure("yaw_degrees", analysis.Face?.YawDegrees);
            json.WriteQuality(analysis.Quality);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteBox(this Utf8JsonWriter json, FaceBox? face)
    {
        if (face is not { } box)
        {
            json.WriteNull("box");
            return;
        }

        json.WriteStartObject("box");
        json.WriteMeasure("x", box.X);
        json.WriteMeasure("y", box.Y);
        json.WriteMeasure("width", box.Width);
        json.WriteMeasure("height", box.Height);
        json.WriteEndObject();
    }

    private static void WriteQuality(this Utf8JsonWriter json, FaceQuality? quality)
    {
        if (quality is null)
        {
            json.WriteNull("quality");
            return;
        }

        json.WriteStartObject("quality");
        json.WriteMeasure("face_size", quality.FaceSize);
        json.WriteMeasure("sharpness", quality.Sharpness);
        json.WriteMeasure("luminance", quality.Luminance);
        json.WriteNumber("face_count", quality.FaceCount);
        json.WriteEndObject();
    }

    private static void WriteRounded(this Utf8JsonWriter json, string name, double? value, int digits)
    {
        // JSON knows no number that is none; adding zero takes the sign from a zero.
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, Math.Round(number, digits) + 0.0);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
