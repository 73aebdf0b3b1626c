namespace LeaseElection.TestKit;

/// <summary>Where eng/control-plane.sh looks for servers and clients, and puts them.</summary>
internal static class BinaryFolders
{
    /// <summary>Gets the envtest convention's folder; null where none is named.</summary>
    public static string? Assets => Environment.GetEnvironmentVariable("KUBEBUILDER_ASSETS") is { Length: > 0 } assets ? assets : null;

    /// <summary>Gets the script's own cache, be it there or not.</summary>
    public static string Cache => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg
            ? xdg
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "leaseelection",
        "control-plane");
}
