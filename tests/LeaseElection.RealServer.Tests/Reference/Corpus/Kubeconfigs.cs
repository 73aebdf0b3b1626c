namespace LeaseElection.RealServer.Tests.Reference.Corpus;

/// <summary>Kubeconfigs of one context, one cluster and one user, from the lines that matter to a case.</summary>
internal static class Kubeconfigs
{
    public const string Server = "server: https://127.0.0.1:$port";
    public const string Trusted = "certificate-authority-data: $ca";
    public const string Token = "token: a-token";

    public static CorpusCase Case(string name, string? cluster = null, string? user = null, string context = "") =>
        new(name, Of(cluster, user, context));

    /// <summary>Of the user alone; the server is trusted.</summary>
    public static CorpusCase User(string name, params string[] lines) => Case(name, user: Lines(lines));

    /// <summary>Of the cluster alone; the user has a token. Its server is the usual one unless the lines name one.</summary>
    public static CorpusCase Cluster(string name, params string[] lines) =>
        Case(name, Lines(lines.Any(line => line.StartsWith("server:", StringComparison.Ordinal)) ? lines : [Server, .. lines]));

    public static string Lines(params IEnumerable<string> lines) => string.Join('\n', lines);

    public static string Of(string? cluster = null, string? user = null, string context = "") =>
        $"""
        apiVersion: v1
        kind: Config
        current-context: here
        contexts:
        - name: here
          context:
            cluster: there
            user: me
        {Indent(context)}
        clusters:
        - name: there
          cluster:
        {Indent(cluster ?? Lines(Server, Trusted))}
        users:
        - name: me
          user:
        {Indent(user ?? Token)}

        """;

    private static string Indent(string lines) => string.Join('\n', lines.Split('\n').Select(line => "    " + line));
}
