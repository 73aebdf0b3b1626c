using LeaseElection.Connection.Machine;

namespace LeaseElection.Connection.Kubeconfigs.Rules;

/// <summary>What a cluster must say to be usable: kubectl's rules.</summary>
internal static class ClusterRules
{
    private static readonly string[] Proxies = ["http", "https", "socks5"];

    /// <exception cref="k8s.Exceptions.KubeConfigException">It breaks a rule.</exception>
    public static void Check(ClusterEntry cluster, ISystemEnvironment machine) => Faults.ThrowIfAny(cluster.Shown, All(cluster, machine));

    private static IEnumerable<string> All(ClusterEntry cluster, ISystemEnvironment machine)
    {
        if (ServerAddress.Fault(cluster) is { } fault)
            yield return fault;
        var (hasFile, hasData) = (!string.IsNullOrEmpty(cluster.Authority), !string.IsNullOrEmpty(cluster.AuthorityData));
        if (hasFile && hasData)
            yield return "'certificate-authority' and 'certificate-authority-data' are both set; only one may be. Remove one.";
        if (hasFile && !machine.HasFile(cluster.Authority!))
            yield return $"'certificate-authority' is '{cluster.Authority}', which is not there, or no file. Correct the path.";
        if (cluster.SkipTlsVerify && (hasFile || hasData) && ServerAddress.IsTls(cluster))
            yield return "'insecure-skip-tls-verify' is true, and there is a certificate authority; an authority cannot be both trusted "
                + "and not looked at. Remove 'insecure-skip-tls-verify'.";
        if (cluster.ProxyUrl is not { Length: > 0 } proxy)
            yield break;
        if (!Proxies.Any(p => proxy.StartsWith($"{p}://", StringComparison.OrdinalIgnoreCase)))
            yield return $"'proxy-url' must begin with one of {string.Join(", ", Proxies.Select(static p => $"'{p}://'"))}. Correct it, or "
                + "remove it to use the environment's proxy.";
        else if (!Uri.TryCreate(proxy, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            yield return "'proxy-url' must be a URL with a host, such as 'http://proxy.example:3128'. Correct it, or remove it to use the "
                + "environment's proxy.";
    }
}
