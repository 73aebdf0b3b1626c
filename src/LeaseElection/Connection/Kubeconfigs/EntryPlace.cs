using System.Globalization;

namespace LeaseElection.Connection.Kubeconfigs;

/// <summary>How messages name an entry of a kubeconfig.</summary>
internal static class EntryPlace
{
    public static string Show(string kind, string name, string file, int line) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind} '{name}' ('{file}', line {line})");
}
