namespace LeaseElection.RealServer.Tests.Reference;

/// <summary>The clients that ours is compared with.</summary>
internal static class ReferencePrograms
{
    /// <summary>Gets which of them is not here; null when all are.</summary>
    public static string? Missing
    {
        get
        {
            string[] needed = ["kubectl", "client-go-candidate"];
            // Beside each lies a file that says what it was made of; an older cache's kubectl has none, and is of 1.20.
            return needed.FirstOrDefault(name => ClientPrograms.Locate(name) is not { } path || !IsOfToday(path));
        }
    }

    // A folder of the envtest convention has what its owner put there.
    private static bool IsOfToday(string path) =>
        Environment.GetEnvironmentVariable("KUBEBUILDER_ASSETS") is { Length: > 0 } || File.Exists($"{path}.made");
}
