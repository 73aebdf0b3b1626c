using k8s;
using k8s.Exceptions;
using LeaseElection.Connection.Machine;

namespace LeaseElection.Connection.Configuration;

/// <summary>
/// Finds how to reach the API server: what the application gives, else KUBECONFIG, else the pod's service account, else the home folder's
/// kubeconfig. Each is looked for once, so that elections with the same source share a connection.
/// </summary>
/// <param name="given">The application's own, asked for only where it counts; null when it has none.</param>
/// <param name="machine">The environment and files to look in.</param>
internal sealed class KubernetesConfigurationLocator(Func<KubernetesClientConfiguration?> given, ISystemEnvironment machine)
{
    private const string NotGiven = "a KubernetesClientConfiguration in dependency injection (none)";

    private readonly Lock _gate = new();
    private readonly Dictionary<ClusterSource, ServerAccess> _found = [];
    private ServerAccess? _kubeconfig;
    private ServerAccess? _pod;

    /// <summary>Finds it.</summary>
    /// <exception cref="KubeConfigException">
    /// There is none, or it cannot be used; the message says where it looked and what to do.
    /// </exception>
    public ServerAccess Find(ClusterSource source)
    {
        lock (_gate)
        {
            if (!_found.TryGetValue(source, out var access))
                _found[source] = access = Look(source);
            return access;
        }
    }

    private ServerAccess Look(ClusterSource source) => source switch
    {
        ClusterSource.Given => Given() ?? throw NotFound(source, [NotGiven], "Register a KubernetesClientConfiguration."),
        ClusterSource.Kubeconfig => LookForKubeconfig(),
        ClusterSource.Pod => Pod(out var looked) ?? throw NotFound(source, [looked], "Run in a pod that has a service account's token."),
        _ => LookEverywhere(),
    };

    private ServerAccess LookEverywhere()
    {
        if (Given() is { } access)
            return access;
        var named = KubeconfigFiles.OfVariable(machine);
        if (named.File is not null)
            return OfVariable(named);
        if (Pod(out var inCluster) is { } pod)
            return Noted(pod, named);
        var home = named.ElseHome ? KubeconfigFiles.OfHome(machine) : null;
        return home?.File is not null
            ? Noted(OfHome(home), named)
            : throw NotFound(
                ClusterSource.Auto, [NotGiven, named.Looked, inCluster, home?.Looked],
                "Register a KubernetesClientConfiguration, run inside a cluster, or let KUBECONFIG name a kubeconfig.");
    }

    private ServerAccess LookForKubeconfig()
    {
        var named = KubeconfigFiles.OfVariable(machine);
        if (named.File is not null)
            return OfVariable(named);
        var home = named.ElseHome ? KubeconfigFiles.OfHome(machine) : null;
        return home?.File is not null
            ? Noted(OfHome(home), named)
            : throw NotFound(ClusterSource.Kubeconfig, [named.Looked, home?.Looked], "Let KUBECONFIG name a kubeconfig.");
    }

    private ServerAccess? Given() => given() is { } configuration ? GivenAccess.Of(configuration) : null;

    private ServerAccess? Pod(out string looked)
    {
        looked = "";
        return _pod ??= InClusterConfiguration.TryLoad(machine, out looked);
    }

    private ServerAccess OfVariable(KubeconfigSearch found)
    {
        var isPod = ServiceAccount.IsPod(machine);
        var why = machine.HasFile(ServiceAccount.Token)
            ? $"{KubeconfigFiles.Variable}, which wins over the pod's service account"
            : KubeconfigFiles.Variable;
        return _kubeconfig ??= Explained(KubeconfigAccess.Make(found.File!, found.Shown, machine), why) with { IsDeployed = isPod };
    }

    private ServerAccess OfHome(KubeconfigSearch found) => _kubeconfig ??= KubeconfigAccess.Make(found.File!, found.Shown, machine);

    private static ServerAccess Explained(ServerAccess access, string why) => access with { Source = $"{access.Source} ({why})" };

    private static ServerAccess Noted(ServerAccess access, KubeconfigSearch passedOver) =>
        passedOver.Note is { } note ? access with { Notes = [note, .. access.Notes] } : access;

    private static KubeConfigException NotFound(ClusterSource source, IEnumerable<string?> looked, string fix)
    {
        var only = source == ClusterSource.Auto ? "" : $" Source is {source}, so that it looked nowhere else.";
        var places = string.Join("; ", looked.OfType<string>().Where(static l => l.Length > 0));
        return new($"No Kubernetes configuration was found. Looked for: {places}.{only} {fix}");
    }
}
