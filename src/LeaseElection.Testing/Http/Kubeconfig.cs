using System.Text;

namespace LeaseElection.Testing.Http;

/// <summary>A kubeconfig of one cluster, one user with a bearer token, and one context.</summary>
internal static class Kubeconfig
{
    public static string Write(Uri server, string? authorityPem, string user, string token, string @namespace)
    {
        // No trailing slash: clients append paths to it as they please.
        var address = server.GetLeftPart(UriPartial.Authority);
        var trust = authorityPem is null
            ? ""
            : $"\n    certificate-authority-data: {Convert.ToBase64String(Encoding.ASCII.GetBytes(authorityPem))}";
        return $"""
            apiVersion: v1
            kind: Config
            clusters:
            - name: leaseelection-testing
              cluster:
                server: {address}{trust}
            users:
            - name: "{user}"
              user:
                token: "{token}"
            contexts:
            - name: leaseelection-testing
              context:
                cluster: leaseelection-testing
                user: "{user}"
                namespace: "{@namespace}"
            current-context: leaseelection-testing

            """;
    }
}
