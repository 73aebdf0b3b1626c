using System.Net;

namespace LeaseElection.Testing.Tests.Servers;

/// <summary>What the server says of fields that it does not know, or that there are twice.</summary>
public sealed class FieldValidationTests : ServerFixture
{
    private const string Odd = """{"metadata":{"name":"a","name":"b","foo":1},"spec":{"bar":2}}""";

    private static readonly string[] OddFields =
        ["duplicate field \"metadata.name\"", "unknown field \"metadata.foo\"", "unknown field \"spec.bar\""];

    [Theory]
    [InlineData("")]
    [InlineData("?fieldValidation=Warn")]
    public async Task Create_WithOddFields_WarnsOfEach(string query)
    {
        using var answer = await Client.SendAsync(HttpMethod.Post, RawClient.Leases() + query, Odd);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(OddFields.Select(Warning), Warnings(answer));
    }

    [Fact]
    public async Task Create_WithOddFields_Ignored_WarnsOfNone()
    {
        using var answer = await Client.SendAsync(HttpMethod.Post, $"{RawClient.Leases()}?fieldValidation=Ignore", Odd);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Empty(Warnings(answer));
    }

    [Fact]
    public async Task Create_WithOddFields_Strict_IsRefused()
    {
        using var answer = await Client.SendAsync(HttpMethod.Post, $"{RawClient.Leases()}?fieldValidation=Strict", Odd);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(
            $"Lease in version \"v1\" cannot be handled as a Lease: strict decoding error: {string.Join(", ", OddFields)}",
            (string?)(await RawClient.JsonAsync(answer))["message"]);
    }

    [Fact]
    public async Task Create_WithoutOddFields_Strict_IsDone()
    {
        using var answer = await Client.SendAsync(
            HttpMethod.Post, $"{RawClient.Leases()}?fieldValidation=Strict", """{"metadata":{"name":"a"}}""");

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task Patch_WithOddFields_Strict_IsRefused()
    {
        await Client.CreateAsync("a");
        using var answer = await Client.SendAsync(
            HttpMethod.Patch,
            $"{RawClient.Leases()}/a?fieldValidation=Strict",
            """{"spec":{"bar":2,"bar":3}}""",
            type: "application/merge-patch+json");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.EndsWith(
            ": strict decoding error: duplicate field \"spec.bar\", unknown field \"spec.bar\"",
            (string?)(await RawClient.JsonAsync(answer))["message"],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_WithAnUnknownFieldValidation_IsRefused()
    {
        using var answer = await Client.SendAsync(HttpMethod.Post, $"{RawClient.Leases()}?fieldValidation=Foo", Odd);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(
            "fieldValidation: Unsupported value: \"Foo\": supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"",
            (string?)(await RawClient.JsonAsync(answer))["message"],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_ThatIsRefused_WarnsToo()
    {
        await Client.CreateAsync("a");
        using var answer = await Client.SendAsync(HttpMethod.Post, RawClient.Leases(), """{"metadata":{"name":"a"},"foo":1}""");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal([Warning("unknown field \"foo\"")], Warnings(answer));
    }

    [Fact]
    public async Task Create_WithLettersOfAllKindsInAName_Warns()
    {
        using var answer = await Client.SendAsync(HttpMethod.Post, RawClient.Leases(), "{\"metadata\":{\"name\":\"a\"},\"\\n\u00e4\\\\\":1}");

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Single(Warnings(answer));
    }

    [Fact]
    public async Task Create_WithManyUnknownFields_WarnsOfSome()
    {
        var fields = string.Concat(Enumerable.Range(0, 1000).Select(i => $",\"{new string('x', 300)}{i}\":1"));
        using var answer = await Client.SendAsync(HttpMethod.Post, RawClient.Leases(), $$$"""{"metadata":{"name":"a"}{{{fields}}}}""");

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(16, Warnings(answer).Length);
    }

    private static string[] Warnings(HttpResponseMessage answer) =>
        [.. answer.Headers.NonValidated.TryGetValues("Warning", out var values) ? values : default];

    private static string Warning(string text) => $"299 - \"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
