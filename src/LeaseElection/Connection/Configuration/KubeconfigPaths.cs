using k8s.KubeConfigModels;

namespace LeaseElection.Connection.Configuration;

/// <summary>
/// Makes the paths in a kubeconfig absolute before several files become one, because they are relative to their file's folder.
/// </summary>
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
