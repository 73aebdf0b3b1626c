using k8s;
using k8s.Exceptions;
using k8s.KubeConfigModels;
using LeaseElection.Connection.Machine;

namespace LeaseElection.Connection.Configuration;

/// <summary>
/// Loads kubeconfig files by kubectl's rules: of several, the first to name something wins, and missing ones are passed over.
/// </summary>
internal static class Kubeconfig
{
    private const string Variable = "KUBECONFIG";

    public static ServerAccess? TryLoad(ISystemEnvironment machine, out string looked)
    {
        var named = machine.Variable(Variable) is { } list ? Paths(list) : [];
        if (named.Length > 0)
        {
            looked = $"{Variable} ({string.Join(", ", named)})";
            var present = named.Where(machine.HasFile).ToArray();
            return present.Length > 0
                ? Load(present, machine)
                : throw new KubeConfigException(
                    $"{Variable} names {string.Join(" and ", named.Select(Quote))}, which does not exist: correct it, or unset it.");
        }

        var path = Path.Combine(machine.Home, ".kube", "config");
        looked = $"{Variable} (not set) and {path} (does not exist)";
        return machine.HasFile(path) ? Load([path], machine) : null;
    }

    private static string[] Paths(string list) =>
        [.. list.Split(Path.PathSeparator, StringSplitOptions.TrimEntries).Select(path => path.Trim('"')).Where(path => path.Length > 0)];

    private static ServerAccess Load(string[] paths, ISystemEnvironment machine)
    {
        var files = paths.Select(path => Guard(path, () => Read(path, machine))).ToArray();
        var source = string.Join(" and ", paths.Select(Quote));
        return GivenAccess.Of(
            Guard(source, () => KubernetesClientConfiguration.BuildConfigFromConfigObject(Merge(files))),
            $"the kubeconfig {source}",
            AccessKind.Kubeconfig);
    }

    private static K8SConfiguration Read(string path, ISystemEnvironment machine)
    {
        var text = machine.ReadFile(path);
        if (text.Length == 0)
            return new(); // to kubectl an empty file is an empty configuration
        var file = KubeconfigReader.Read(text);
        KubeconfigPaths.MakeAbsolute(file, Path.GetDirectoryName(Path.GetFullPath(path))!);
        return file;
    }

    private static K8SConfiguration Merge(K8SConfiguration[] files) => new()
    {
        CurrentContext = files.Select(file => file.CurrentContext).FirstOrDefault(context => !string.IsNullOrEmpty(context)),
        Contexts = [.. files.SelectMany(file => file.Contexts ?? []).DistinctBy(context => context.Name)],
        Clusters = [.. files.SelectMany(file => file.Clusters ?? []).DistinctBy(cluster => cluster.Name)],
        Users = [.. files.SelectMany(file => file.Users ?? []).DistinctBy(user => user.Name)],
    };

    // The parser, the client's checks and a credential plugin may throw many kinds; all mean that this file cannot be used.
    private static T Guard<T>(string path, Func<T> load)
    {
        try
        {
            return load();
        }
        catch (Exception e)
        {
            throw new KubeConfigException($"The kubeconfig {path.Trim()} cannot be used: {e.Message}", e);
        }
    }

    private static string Quote(string path) => $"'{path}'";
}
