using System.Net.Http.Headers;

namespace LeaseElection.RealServer.Tests.ServerConformance.Playback;

/// <summary>Makes answers of HTTP responses.</summary>
internal static class Answers
{
    public static Answer From(HttpResponseMessage response, string body) => new(
        (int)response.StatusCode,
        [.. Lines(response.Headers), .. Lines(response.Content.Headers)],
        body);

    private static IEnumerable<(string Name, string Value)> Lines(HttpHeaders headers) =>
        headers.NonValidated.Select(h => (h.Key, h.Value.ToString()));
}
