using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Objects;
using LeaseElection.Testing.Storage;
using LeaseElection.Testing.Texts;

namespace LeaseElection.Testing.Api.Leases;

/// <summary>Where the next page of a list begins, and the version that all its pages are of.</summary>
internal sealed record ContinueToken(LeaseKey After, long Version)
{
    private const string ApiVersion = "meta.k8s.io/v1";
    private const long Now = -1;

    private static readonly Schema Fields = new(
        "storage.continueToken", new Field("v", FieldType.Text), new Field("rv", FieldType.Int64), new Field("start", FieldType.Text));

    /// <summary>Gets a value indicating whether the page is to be as of now, whatever the pages before were of.</summary>
    public bool IsOfNow => Version == Now;

    /// <exception cref="ApiException">Not such a token (400).</exception>
    public static ContinueToken Parse(string text)
    {
        try
        {
            var padded = text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '=');
            var token = Objects.Decoder.Decode(Json.Parse(Convert.FromBase64String(padded)), Fields);
            var version = (long?)token["rv"] ?? 0;
            if (version is not (Now or > 0))
                throw new JsonException($"incorrect encoded start resourceVersion (version {ApiVersion})");
            if (((string?)token["start"])?.TrimEnd('\0').Split('/') is [var ns, var name])
                return new(new(ns, name), version);
        }
        catch (FormatException)
        {
            throw Bad("illegal base64 data at input byte 0");
        }
        catch (Exception error) when (error is JsonException or ApiException)
        {
            throw Bad(error.Message);
        }

        throw Bad("no start key");
    }

    public ContinueToken OfNow() => this with { Version = Now };

    public override string ToString()
    {
        var json = new JsonObject { ["v"] = ApiVersion, ["rv"] = Version, ["start"] = $"{After.Namespace}/{After.Name}\0" };
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(json.ToJsonString())).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }

    private static ApiException Bad(string why) => new(ApiStatus.BadRequest($"invalid continue token: continue key is not valid: {why}"));
}
