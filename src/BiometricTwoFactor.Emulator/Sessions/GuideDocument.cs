using System.Text.Json.Nodes;

namespace BiometricTwoFactor.Emulator;

/// <summary>
/// A session in the guide's words: the same document for its webhook and its decision. No timestamp, no workflow and no
/// environment are in it, since the guide shows none.
/// </summary>
internal static class GuideDocument
{
    public static JsonObject Build(SessionRecord session)
    {
        var document = new JsonObject { ["session_id"] = session.Id };
        if (session.VendorData is not null)
        {
            document["vendor_data"] = session.VendorData;
        }

        document["status"] = session.Status.ToWire();
        if (session.Result is { } result)
        {
            if (result.Liveness.Status != FeatureStatus.NotFinished)
            {
                document["liveness"] = new JsonObject
                {
                    ["status"] = DecisionDocument.Text(result.Liveness.Status),
                    ["method"] = DecisionDocument.Text(session.Workflow.LivenessMethod),
                    ["score"] = result.Liveness.Score,
                };
            }

            if (result.FaceMatch is { } face)
            {
                document["face"] = new JsonObject
                {
                    ["status"] = DecisionDocument.Text(face.Status),
                    ["similarity_score"] = face.Score / 100m,
                };
            }

            if (result.IpAnalysis is { } ip)
            {
                document["ip_analysis"] = new JsonObject
                {
                    ["status"] = DecisionDocument.Text(ip.Status),
                    ["vpn_detected"] = session.Device.IsVpnOrTor || ip.Status == FeatureStatus.Declined,
                    ["datacenter_ip"] = session.Device.IsDataCenter,
                };
            }
        }

        if (session.Metadata is not null)
        {
            document["metadata_echo"] = SessionStore.Clone(session.Metadata);
        }

        return document;
    }
}
