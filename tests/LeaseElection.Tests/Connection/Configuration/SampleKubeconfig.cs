namespace LeaseElection.Tests.Connection.Configuration;

/// <summary>A kubeconfig of one context, and with parts of it written otherwise.</summary>
internal static class SampleKubeconfig
{
    public const string Server = "https://a.test:6443";

    public static string Text(
        string user = "{token: secret}", string? cluster = null, string context = "{cluster: c, user: u, namespace: team-a}", string rest = "") =>
        $"""
        apiVersion: v1
        kind: Config
        current-context: main
        contexts:
        - name: main
          context: {context}
        clusters:
        - name: c
          cluster: {cluster ?? $"{{server: '{Server}'}}"}
        users:
        - name: u
          user: {user}
        {rest}
        """;
}
