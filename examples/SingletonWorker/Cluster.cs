namespace SingletonWorker;

/// <summary>Whether there is a cluster to take part in: by the rules that the library looks for one.</summary>
internal static class Cluster
{
    private const string InCluster = "KUBERNETES_SERVICE_HOST";
    private const string Kubeconfig = "KUBECONFIG";

    /// <summary>What names the cluster; null when nothing does.</summary>
    public static string? Find() => Find(
        Environment.GetEnvironmentVariable, File.Exists, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));

    /// <summary>As <see cref="Find()"/>, on any machine. Names it even where it cannot be used: then the library says why.</summary>
    public static string? Find(Func<string, string?> variable, Func<string, bool> hasFile, string home)
    {
        if (!string.IsNullOrEmpty(variable(InCluster)))
            return $"the one that this process runs in ({InCluster} is set)";
        if (variable(Kubeconfig) is { } paths && paths.Split(Path.PathSeparator).Any(path => path.Trim(' ', '"').Length > 0))
            return $"that of {Kubeconfig} ({paths})";
        var path = Path.Combine(home, ".kube", "config");
        return hasFile(path) ? $"that of {path}" : null;
    }
}
