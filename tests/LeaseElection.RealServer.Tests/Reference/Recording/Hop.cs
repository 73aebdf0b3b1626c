namespace LeaseElection.RealServer.Tests.Reference.Recording;

/// <summary>A proxy that a connection came through.</summary>
/// <param name="Proxy">Which one.</param>
/// <param name="Way">How it was asked: a scheme, and for HTTP the method.</param>
/// <param name="Target">Where to; null where each request says so itself.</param>
/// <param name="Credentials">What the client said of itself to the proxy; null for nothing.</param>
internal sealed record Hop(string Proxy, string Way, string? Target, string? Credentials)
{
    public override string ToString() =>
        $"{Proxy} by {Way}{(Target is null ? "" : $" to {Target}")}{(Credentials is null ? "" : $" as {Credentials}")}";
}
