using k8s.KubeConfigModels;

namespace LeaseElection.Connection.Configuration;

/// <summary>Paths in a kubeconfig are relative to its own folder: made absolute before several files become one.</summary>
internal static class KubeconfigPaths
{
    public static void MakeAbsolute(K8SConfiguration file, string folder)
    {
        foreach (var cluster in file.Clusters ?? [])
        {
            if (cluster.ClusterEndpoint is { } endpoint)
                endpoint.CertificateAuthority = Absolute(endpoint.CertificateAuthority, folder);
        }

        foreach (var user in file.Users ?? [])
        {
            if (user.UserCredentials is not { } credentials)
                continue;
            credentials.ClientCertificate = Absolute(credentials.ClientCertificate, folder);
            credentials.ClientKey = Absolute(credentials.ClientKey, folder);
        }
    }

    private static string? Absolute(string? path, string folder) => string.IsNullOrEmpty(path) ? path : Path.Combine(folder, path);
}
