using k8s.Exceptions;

namespace LeaseElection.Connection.Kubeconfigs.Rules;

/// <summary>Says everything that is wrong with an entry at once.</summary>
internal static class Faults
{
    public static void ThrowIfAny(string entry, IEnumerable<string> faults)
    {
        var all = faults.ToList();
        if (all.Count > 0)
            throw new KubeConfigException($"{entry}: {string.Join(" ", all)}");
    }

    /// <summary>Whether a header cannot have this text; Go refuses the same.</summary>
    public static bool IsNoHeader(string? text) => text?.Any(static c => c is (< ' ' and not '\t') or '\u007F') == true;
}
