using System.Text;
using k8s;

namespace LeaseElection.TestKit;

/// <summary>Writes kubeconfig files of one user with a bearer token, as client-go and KubernetesClient read them.</summary>
public static class Kubeconfig
{
    /// <summary>For other programs, what a client of ours is configured with: its server, authorities and token.</summary>
    public static async Task WriteAsync(
        string path, KubernetesClientConfiguration configuration, string @namespace, CancellationToken cancellationToken)
    {
        var header = configuration.TokenProvider is { } provider ? await provider.GetAuthenticationHeaderAsync(cancellationToken) : null;
        var authorities = configuration.SslCaCerts is { Count: > 0 } trusted ? trusted.ExportCertificatePems() : null;
        await WriteAsync(
            path, new(configuration.Host), header?.Parameter ?? configuration.AccessToken, authorities, @namespace, cancellationToken);
    }

    internal static async Task WriteAsync(
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
