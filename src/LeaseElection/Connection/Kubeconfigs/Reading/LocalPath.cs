namespace LeaseElection.Connection.Kubeconfigs.Reading;

/// <summary>Paths in a kubeconfig are relative to its folder. They become absolute before several files become one.</summary>
internal static class LocalPath
{
    public static string? Of(string? path, string folder) =>
        string.IsNullOrEmpty(path) || Path.IsPathFullyQualified(path) ? path : Path.GetFullPath(path, folder);

    /// <summary>A command without a separator is looked for on PATH.</summary>
    public static string? OfCommand(string? command, string folder) =>
        command?.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) == true ? Of(command, folder) : command;
}
