using System.Text;

namespace LeaseElection.TestKit;

/// <summary>Writes kubeconfig files of one user with a bearer token, as client-go and KubernetesClient read them.</summary>
internal static class Kubeconfig
{
    public static async Task WriteAsync(
        string path, Uri server, string token, string? authoritiesPem, string @namespace, CancellationToken cancellationToken)
    {
        var trust = authoritiesPem is null
            ? "insecure-skip-tls-verify: true"
            : $"certificate-authority-data: {Convert.ToBase64String(Encoding.ASCII.GetBytes(authoritiesPem))}";
        await File.WriteAllTextAsync(
            path,
            $"""
            apiVersion: v1
            kind: Config
            clusters:
            - name: test
              cluster:
                server: {server.GetLeftPart(UriPartial.Authority)}
                {trust}
            users:
            - name: test
              user:
                token: "{token}"
            contexts:
            - name: test
              context:
                cluster: test
                user: test
                namespace: {@namespace}
            current-context: test

            """,
            cancellationToken);
    }
}
