using System.Buffers.Binary;
using System.Security.Cryptography;
using BiometricTwoFactor.ReferenceMatcher.Inference;

namespace BiometricTwoFactor.ReferenceMatcher.Tests.Inference;

public sealed class WeightFileTests
{
    private const string Digest = "a97d5a3d1907d3d9679fd5f333e464f90fa7c61735d6c29b927f88923d0c9877";

    private static readonly byte[] Whole = File(
        Tensor("a", 0, [2], 0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0), // 1, -2
        Tensor("b/c", 1, [1, 2], 0, 0x3C, 0, 0xC4), // 1, -4
        [.. Tensor("d", 2, [3]), 0, 0, 0, 0x40, 0, 0, 0x80, 0xBF, 0, 1, 255]); // times 2, minus 1

    [Fact]
    public void The_embedded_weights_are_the_pinned_ones()
    {
        using var stream = WeightFile.OpenResource();
        Assert.Equal(Digest, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    [RepositoryFact]
    public void The_digest_beside_the_weights_is_theirs()
    {
        var folder = Path.Combine(TestFolders.Repository!, "src", "BiometricTwoFactor.ReferenceMatcher", "weights");
        Assert.Equal($"{Digest}  faces.bin\n", System.IO.File.ReadAllText(Path.Combine(folder, "faces.bin.sha256")));
    }

    [Fact]
    public void Every_encoding_is_read()
    {
        var weights = new WeightFile(Whole);
        Assert.Equal([1f, -2f], weights["a"].ToArray());
        Assert.Equal([1f, -4f], weights["b/c"].ToArray());
        Assert.Equal([1, 2], weights["b/c"].Shape);
        Assert.Equal([-1f, 1f, 509f], weights["d"].ToArray());
        Assert.Throws<InvalidDataException>(() => weights["e"]);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        for (var length = 0; length < Whole.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => new WeightFile(Whole.AsMemory(0, length)));
        }
    }

    [Fact]
    public void The_embedded_weights_cut_off_or_prolonged_are_refused()
    {
        using var stream = WeightFile.OpenResource();
        var file = new byte[stream.Length + 1];
        stream.ReadExactly(file.AsSpan(..^1));
        Assert.Throws<InvalidDataException>(() => new WeightFile(file));
        foreach (var length in (int[])[3, 11, 12, 40, file.Length / 3, file.Length / 2, file.Length - 2])
        {
            Assert.Throws<InvalidDataException>(() => new WeightFile(file.AsMemory(0, length)));
        }
    }

    [Fact]
    public void Damage_is_refused_and_never_another_exception()
    {
        foreach (var damaged in (byte[][])
        [
            [.. "B2FX"u8, .. Whole[4..]],
            [.. Whole[..4], 2, .. Whole[5..]],
            [.. Whole, 0],
            File(Tensor("a", 3, [1], 0, 0, 0, 0)),
            File(Tensor("a", 255, [1], 0, 0, 0, 0)),
            File(Tensor("a", 0, [-1], 0, 0, 0, 0)),
            File(Tensor("a", 0, [int.MinValue, int.MinValue])),
            File(Tensor("a", 0, [65536, 65536])),
            File(Tensor("a", 0, [int.MaxValue])),
            File(Tensor("a", 0, [1], 0, 0, 0, 0), Tensor("a", 0, [1], 0, 0, 0, 0)),
            [.. "B2FW"u8, 1, 0, 0, 0, 255, 255, 255, 255],
        ])
        {
            Assert.Throws<InvalidDataException>(() => new WeightFile(damaged));
        }
    }

    [Fact]
    public void Any_flipped_byte_is_read_or_refused_as_damage()
    {
        for (var i = 0; i < Whole.Length; i++)
        {
            foreach (var flip in (byte[])[1, 0x80, 0xFF])
            {
                var damaged = Whole.ToArray();
                damaged[i] ^= flip;
                var thrown = Record.Exception(() => new WeightFile(damaged));
                Assert.True(thrown is null or InvalidDataException, thrown?.ToString());
            }
        }
    }

    [RebuildFact]
    public void The_weights_are_what_the_pinned_packages_yield()
    {
        var script = Path.Combine(TestFolders.Repository!, "src", "BiometricTwoFactor.ReferenceMatcher", "weights", "rebuild.mjs");
        Assert.Contains(Digest, System.Text.Encoding.UTF8.GetString(Imaging.Jpeg.TestTool.Run("node", [script, "--check"], [])), StringComparison.Ordinal);
    }

    private static byte[] File(params byte[][] tensors) => [.. "B2FW"u8, 1, 0, 0, 0, (byte)tensors.Length, 0, 0, 0, .. tensors.SelectMany(tensor => tensor)];

    private static byte[] Tensor(string name, byte encoding, int[] shape, params byte[] values) =>
    [
        (byte)name.Length, .. System.Text.Encoding.ASCII.GetBytes(name), (byte)shape.Length,
        .. shape.SelectMany(side =>
        {
            var bytes = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(bytes, side);
            return bytes;
        }),
        encoding, .. values,
    ];
}

/// <summary>A test that reads the repository's files.</summary>
internal sealed class RepositoryFactAttribute : FactAttribute
{
    public RepositoryFactAttribute() => Skip = TestFolders.Repository is null ? "needs the repository" : null;
}

/// <summary>Downloads two packages from npm, so that it runs on demand alone.</summary>
internal sealed class RebuildFactAttribute : FactAttribute
{
    public RebuildFactAttribute() => Skip =
        Environment.GetEnvironmentVariable("BIOMETRIC2FA_REBUILD_WEIGHTS") != "1" ? "set BIOMETRIC2FA_REBUILD_WEIGHTS=1 to rebuild the weights from npm"
        : TestFolders.Repository is null ? "needs the repository"
        : Imaging.Jpeg.TestTool.Exists("node") ? null
        : "needs node and npm";
}
