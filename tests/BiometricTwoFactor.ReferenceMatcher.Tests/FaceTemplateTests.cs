using System.Diagnostics;
using System.Reflection;

namespace BiometricTwoFactor.ReferenceMatcher.Tests;

public sealed class FaceTemplateTests
{
    [Fact]
    public void A_disposed_template_is_zeroed_and_refuses()
    {
        var template = new FaceTemplate(Enumerable.Repeat(0.5f, FaceTemplate.Length).ToArray());
        var values = template.Values; // the memory itself
        template.Dispose();
        template.Dispose();
        Assert.Equal(-1, values.IndexOfAnyExcept(0f));
        Assert.Throws<ObjectDisposedException>(() => template.Values.Length);
        using var other = new FaceTemplate(new float[FaceTemplate.Length]);
        Assert.Throws<ObjectDisposedException>(() => TestFaces.Plain.Compare(template, other));
        Assert.Throws<ObjectDisposedException>(() => TestFaces.Plain.Compare(other, template));
    }

    [Fact]
    public void A_results_template_goes_with_the_result()
    {
        var result = TestFaces.Plain.CreateTemplate(TestFaces.Portrait);
        Assert.Equal("FaceTemplateResult", result.ToString());
        result.Dispose();
        Assert.Throws<ObjectDisposedException>(() => result.Template!.Values.Length);
    }

    [Fact]
    public void A_template_copies_what_it_is_given_and_wants_128_values()
    {
        var given = Enumerable.Repeat(1f, FaceTemplate.Length).ToArray();
        using var template = new FaceTemplate(given);
        given[0] = 9;
        Assert.Equal(1, template.Values[0]);
        Assert.Throws<ArgumentException>(() => new FaceTemplate(new float[127]));
        Assert.Throws<ArgumentException>(() => new FaceTemplate(new float[129]));
    }

    [Fact]
    public void Nothing_of_a_face_is_shown_in_print_or_debugger()
    {
        using var template = new FaceTemplate(Enumerable.Repeat(0.12345f, FaceTemplate.Length).ToArray());
        Assert.Equal("FaceTemplate", template.ToString());
        Assert.Equal("FaceTemplate", $"{template}");
        Assert.Equal("FaceTemplate", typeof(FaceTemplate).GetCustomAttribute<DebuggerDisplayAttribute>()!.Value);
        var fields = typeof(FaceTemplate).GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Where(field => field.FieldType == typeof(float[]));
        Assert.Equal(DebuggerBrowsableState.Never, Assert.Single(fields).GetCustomAttribute<DebuggerBrowsableAttribute>()!.State);
        Assert.Empty(typeof(FaceTemplate).GetProperties()); // no public way to the values, so that no serializer finds one
        Assert.Equal("FaceImage 1x1", new FaceImage(1, 1, [1, 2, 3]).ToString());
    }
}
