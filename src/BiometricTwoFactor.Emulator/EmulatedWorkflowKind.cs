namespace BiometricTwoFactor.Emulator;

/// <summary>Which steps a workflow runs.</summary>
public enum EmulatedWorkflowKind
{
    /// <summary>LIVENESS and FACE_MATCH against the stored face or the portrait sent along.</summary>
    BiometricAuthentication = 0,

    /// <summary>As <see cref="BiometricAuthentication"/>, with IP_ANALYSIS.</summary>
    ScaWithIpAnalysis,

    /// <summary>ID_VERIFICATION, LIVENESS and FACE_MATCH against the document: it needs no earlier face.</summary>
    KycEnrolment,

    /// <summary>LIVENESS and FACE_MATCH without a document: it needs a portrait or a stored face, as the provider does.</summary>
    FaceEnrolment,

    /// <summary>LIVENESS alone: it really yields Approved without any face comparison, as the provider's does.</summary>
    LivenessOnly,
}
