using System.Text.Json;
using System.Text.Json.Serialization;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>A session's id as its text.</summary>
internal sealed class SessionIdJsonConverter : JsonConverter<SessionId>
{
    public override SessionId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        SessionId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("A session's id is not one.");

    public override void Write(Utf8JsonWriter writer, SessionId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
