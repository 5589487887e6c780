using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace BiometricTwoFactor;

/// <summary>The multipart forms of face match and passive liveness, in both editions (contract 3, C11).</summary>
internal static class FaceForms
{
    private const string UserImage = "user_image";
    private const string ReferenceImage = "ref_image";

    /// <summary>The 400 by which a provider of the reference's edition refuses the guide's form.</summary>
    internal static bool WantsReferenceNames(BiometricException refusal) =>
        refusal.Status == 400
        && refusal.Fields.Any(field => field is UserImage or ReferenceImage);

    internal static MultipartFormDataContent Match(FaceMatchRequest request, ImageUpload live, ImageUpload enrolled, bool reference)
    {
        var form = new MultipartFormDataContent
        {
            live.ToPart(reference ? UserImage : "image_a"),
            enrolled.ToPart(reference ? ReferenceImage : "image_b"),
        };
        AddText(form, "face_match_score_decline_threshold", Percent(request.DeclineThreshold));
        AddCommon(form, request.RotateImages, request.SaveAtProvider, request.VendorData, request.Metadata);
        return form;
    }

    internal static MultipartFormDataContent Liveness(PassiveLivenessRequest request, ImageUpload image)
    {
        var form = new MultipartFormDataContent { image.ToPart(UserImage) };
        AddText(form, "face_liveness_score_decline_threshold", Percent(request.DeclineThreshold));
        AddCommon(form, request.RotateImage, request.SaveAtProvider, request.VendorData, request.Metadata);
        return form;
    }

    private static void AddCommon(MultipartFormDataContent form, bool rotate, bool save, string? vendorData, IReadOnlyDictionary<string, string>? metadata)
    {
        if (rotate)
        {
            AddText(form, "rotate_image", "true");
        }

        // Always said, since the provider keeps the images when it is not.
        AddText(form, "save_api_request", save ? "true" : "false");
        AddText(form, "vendor_data", vendorData);
        AddText(form, "metadata", metadata is null ? null : SmallBodies.MetadataText(metadata));
    }

    private static void AddText(MultipartFormDataContent form, string name, string? value)
    {
        if (value is null)
        {
            return;
        }

        var part = new ByteArrayContent(Encoding.UTF8.GetBytes(value));
        part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = $"\"{name}\"" };
        form.Add(part);
    }

    private static string? Percent(Score? score) => score?.Percent.ToString("0.####", CultureInfo.InvariantCulture);
}
