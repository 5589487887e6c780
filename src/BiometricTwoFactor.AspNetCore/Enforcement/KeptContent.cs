using System.Text.Json.Serialization;

namespace BiometricTwoFactor.AspNetCore;

/// <summary>What a sealed request carried: the fields and files of a form, or a body as it came.</summary>
internal sealed class KeptContent
{
    /// <summary>A form's fields; null for anything else.</summary>
    public List<KeyValuePair<string, string>>? Fields { get; set; }

    /// <summary>True for a form that came as multipart.</summary>
    public bool IsMultipart { get; set; }

    /// <summary>A multipart form's files.</summary>
    public List<KeptFile> Files { get; set; } = [];

    /// <summary>The body of anything but a form; empty for a request without one.</summary>
    public byte[] Body { get; set; } = [];

    /// <summary>The body's content type, as it was sent.</summary>
    public string? ContentType { get; set; }

    /// <summary>Forms name people.</summary>
    public override string ToString() => Fields is null ? "body" : "form";
}

/// <summary>One file of a sealed form.</summary>
internal sealed class KeptFile
{
    public required string Field { get; set; }

    public required string Name { get; set; }

    public required string Type { get; set; }

    public required byte[] Content { get; set; }

    public override string ToString() => "file";
}

[JsonSerializable(typeof(KeptContent))]
internal sealed partial class KeptContentJson : JsonSerializerContext;
