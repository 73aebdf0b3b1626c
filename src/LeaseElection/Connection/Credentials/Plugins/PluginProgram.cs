using System.Globalization;
using LeaseElection.Connection.Kubeconfigs;

namespace LeaseElection.Connection.Credentials.Plugins;

/// <summary>
/// A credential plugin as it is configured. Two with the same <see cref="Key"/> give the same credential, whichever users have them.
/// </summary>
internal sealed class PluginProgram
{
    private PluginProgram(ExecEntry exec, ClusterEntry? cluster) => (Exec, Cluster, Key) = (exec, cluster, KeyOf(exec, cluster));

    public ExecEntry Exec { get; }

    /// <summary>Gets the cluster that the plugin is told of; null where it is told of none.</summary>
    public ClusterEntry? Cluster { get; }

    /// <summary>Gets everything that the plugin's answer may depend on.</summary>
    public string Key { get; }

    /// <summary>Gets the plugin's name for people.</summary>
    public string Name => $"the credential plugin '{PlainText.Of(Exec.Command!, 200)}'";

    /// <summary>Gets the install hint for people, as the end of a message.</summary>
    public string Hint => PlainText.Of(Exec.InstallHint ?? "", 1000) is { Length: > 0 } hint ? " " + hint : "";

    public static PluginProgram Of(ExecEntry exec, ClusterEntry cluster) => new(exec, exec.ProvideClusterInfo ? cluster : null);

    private static string KeyOf(ExecEntry exec, ClusterEntry? cluster)
    {
        // Lengths keep the parts apart, whatever is in them.
        string?[] parts =
        [
            exec.ApiVersion, exec.Command, Count(exec.Arguments.Count), .. exec.Arguments,
            Count(exec.Environment.Count), .. exec.Environment.SelectMany(static variable => new[] { variable.Key, variable.Value }),
            cluster?.Server, cluster?.TlsServerName, cluster?.SkipTlsVerify == true ? "insecure" : "", cluster?.Authority,
            cluster?.AuthorityData, cluster?.ProxyUrl, cluster?.DisableCompression == true ? "plain" : "", cluster?.ExecConfig,
        ];
        return string.Concat(parts.Select(static part => $"{Count(part?.Length ?? -1)}:{part};"));
    }

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
