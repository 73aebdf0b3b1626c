using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace LeaseElection.TestKit;

/// <summary>Users for a cluster whose token file is not ours: a service account each, with a token that is asked for.</summary>
internal static class ServiceAccounts
{
    public static async Task<ClusterAccess> AccessAsync(
        IKubernetes client, ClusterAccess administrator, string @namespace, string name, string folder, CancellationToken cancellationToken)
    {
        try
        {
            await client.CoreV1.CreateNamespacedServiceAccountAsync(
                new() { Metadata = new() { Name = name } }, @namespace, cancellationToken: cancellationToken);
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.Conflict)
        {
            // Made by an earlier grant.
        }

        var request = new Authenticationv1TokenRequest { Spec = new() { Audiences = [], ExpirationSeconds = 24 * 3600 } };
        var answer = await client.CoreV1.CreateNamespacedServiceAccountTokenAsync(
            request, name, @namespace, cancellationToken: cancellationToken);

        var configuration = administrator.Configuration();
        var authorities = configuration.SslCaCerts is { Count: > 0 } trusted ? trusted.ExportCertificatePems() : null;
        var path = Path.Combine(folder, $"{name}.{@namespace}.kubeconfig");
        await Kubeconfig.WriteAsync(path, new(configuration.Host), answer.Status.Token, authorities, @namespace, cancellationToken);
        return new(path);
    }
}
