using System.Text.Json.Serialization;

namespace BiometricTwoFactor.EntityFrameworkCore;

/// <summary>A challenge's document. Numbers for enums: their names may be spelled anew, their values never move.</summary>
[JsonSourceGenerationOptions(
    IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(TransactionJsonConverter), typeof(SessionIdJsonConverter)])]
[JsonSerializable(typeof(StepUpChallenge))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<long>))]
internal sealed partial class ChallengeJson : JsonSerializerContext;
