using k8s.Exceptions;
using LeaseElection.Connection.Kubeconfigs;
using LeaseElection.Connection.Kubeconfigs.Reading;
using LeaseElection.Connection.Machine;

namespace LeaseElection.Connection.Configuration;

/// <summary>Finds and reads kubeconfigs by kubectl's rules: those of KUBECONFIG become one, and missing ones are passed over.</summary>
internal static class KubeconfigFiles
{
    public const string Variable = "KUBECONFIG";

    /// <exception cref="KubeConfigException">A file is there and cannot be read, or is no kubeconfig.</exception>
    public static KubeconfigSearch OfVariable(ISystemEnvironment machine)
    {
        var paths = machine.Variable(Variable) is { } list ? Paths(list) : [];
        if (paths.Length == 0)
            return new($"{Variable} (not set)");
        var (all, files) = (Shown(paths), Read(paths, machine));
        if (files.Count == 0)
        {
            var missing = paths.Length == 1 ? "which does not exist" : "of which none exists";
            return new($"{Variable} ({all}, {missing})")
            {
                Note = $"{Variable} names {all}, {missing}, so that it counts as not set. Correct it, or unset it.",
            };
        }


        var merged = KubeconfigMerge.Of(files);

        // KUBECONFIG=/dev/null keeps a program out of the home folder's cluster.
        return merged.IsEmpty
            ? new($"{Variable} ({all}, which is empty)")
            {
                Note = $"{Variable} names {all}, which is empty: it says nothing. Correct it, or unset it.",
                ElseHome = false,
            }
            : new(Variable) { File = merged, Shown = all };
    }

    /// <exception cref="KubeConfigException">It is there and cannot be read, or is no kubeconfig.</exception>
    public static KubeconfigSearch OfHome(ISystemEnvironment machine)
    {
        if (string.IsNullOrEmpty(machine.Home))
            return new("the home folder's kubeconfig (there is no home folder)");
        var path = Path.Combine(machine.Home, ".kube", "config");
        return Read([path], machine) switch
        {
            [] => new($"{path} (does not exist)"),
            [{ IsEmpty: true }] => new($"{path} (is empty)"),
            [var file, ..] => new(path) { File = file, Shown = $"'{path}'" },
        };
    }

    private static string[] Paths(string list)
    {
        var paths = list.Split(Path.PathSeparator);
        if (OperatingSystem.IsWindows())
            paths = [.. paths.Select(static path => path.Trim('"'))];
        return [.. paths.Where(static path => path.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    private static List<KubeconfigFile> Read(string[] paths, ISystemEnvironment machine) =>
        [.. paths.Select(path => Read(path, machine)).OfType<KubeconfigFile>()];

    private static KubeconfigFile? Read(string path, ISystemEnvironment machine)
    {
        try
        {
            return machine.HasFolder(path)
                ? throw new KubeConfigException("it is a directory. Name a file in it.")
                : KubeconfigReader.Read(machine.ReadFile(path), Path.GetFullPath(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (KubeConfigException e)
        {
            throw KubeconfigAccess.Unusable($"'{path}'", e.Message, e);
        }
        catch (Exception e)
        {
            // The file's system and the parser may throw many kinds; all mean that this file cannot be used.
            throw KubeconfigAccess.Unusable($"'{path}'", $"it cannot be read: {e.Message} Correct it, or let this process read it.", e);
        }
    }

    private static string Shown(string[] paths) => string.Join(" and ", paths.Select(static path => $"'{path}'"));
}
