namespace BiometricTwoFactor.ReferenceMatcher;

/// <summary>How much two faces resemble each other.</summary>
/// <param name="Cosine">Cosine of the two embeddings, -1 to 1: what was measured. Strangers have about 0.84.</param>
/// <param name="Similarity">
/// 0 to 1, the guide's <c>similarity_score</c>: the cosine on a calibrated scale on which 0.80 is passed by one pair
/// of strangers in a thousand (LFW; the package's README has the table).
/// </param>
public readonly record struct FaceMatchScore(double Cosine, double Similarity)
{
    /// <summary>0 to 100 with two decimals, the reference's <c>score</c>. A similarity that is no number is 0.</summary>
    public decimal Percent => Similarity > 0 ? Math.Round((decimal)Math.Min(Similarity, 1) * 100m, 2, MidpointRounding.ToZero) : 0;
}
