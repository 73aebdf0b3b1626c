namespace LeaseElection.Connection.Kubeconfigs;

/// <summary>Makes one of several kubeconfigs, as kubectl does: the first to name something wins, with all that it says.</summary>
internal static class KubeconfigMerge
{
    public static KubeconfigFile Of(IReadOnlyList<KubeconfigFile> files) => new()
    {
        CurrentContext = files.Select(static f => f.CurrentContext).FirstOrDefault(static c => !string.IsNullOrEmpty(c)),
        Contexts = [.. files.SelectMany(static f => f.Contexts).DistinctBy(static c => c.Name)],
        Clusters = [.. files.SelectMany(static f => f.Clusters).DistinctBy(static c => c.Name)],
        Users = [.. files.SelectMany(static f => f.Users).DistinctBy(static u => u.Name)],
    };
}
