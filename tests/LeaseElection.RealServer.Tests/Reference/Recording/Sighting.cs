namespace LeaseElection.RealServer.Tests.Reference.Recording;

/// <summary>A request as it arrived: what says who the client is and where it wanted to go, nothing else.</summary>
/// <param name="Head">Its first line and headers.</param>
/// <param name="Path">Its path, without the query.</param>
/// <param name="Security">The TLS that it came through; null for none.</param>
/// <param name="Hop">The proxy that it came through; null for none.</param>
internal sealed record Sighting(HttpHead Head, string Path, Security? Security, Hop? Hop)
{
    public IEnumerable<string> Lines()
    {
        yield return $"asks for {Path} of {Head.Header("Host")}";
        yield return Security is null ? "without TLS" : $"TLS name {(Security.Name.Length > 0 ? Security.Name : "none")}";
        yield return $"certificate {Security?.ClientCertificate ?? "none"}";
        yield return Hop is null ? "no proxy" : $"through {Hop}";
        var authorizations = Head.All("Authorization").ToList();
        yield return authorizations.Count > 0 ? $"authorization {string.Join(" and ", authorizations)}" : "no authorization";
        var impersonations = Head.Headers
            .Where(header => header.Name.StartsWith("Impersonate-", StringComparison.OrdinalIgnoreCase))
            .Select(header => $"{header.Name.ToLowerInvariant()}: {header.Value}");
        foreach (var line in impersonations.Order(StringComparer.Ordinal))
            yield return line;
    }
}

/// <summary>What a TLS handshake says.</summary>
/// <param name="Name">The server name that the client asked for; empty for none.</param>
/// <param name="ClientCertificate">The subject of the client's certificate; null for none.</param>
internal sealed record Security(string Name, string? ClientCertificate);
