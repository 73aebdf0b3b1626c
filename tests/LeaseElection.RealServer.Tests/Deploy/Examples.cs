namespace LeaseElection.RealServer.Tests.Deploy;

/// <summary>The examples that can be deployed.</summary>
internal static class Examples
{
    /// <summary>Gets every example with a folder "deploy".</summary>
    public static TheoryData<string> Deployable =>
        [.. Directory.EnumerateDirectories(Repository.PathOf("examples")).Where(f => Directory.Exists(Path.Combine(f, "deploy"))).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    public static string FileOf(params string[] parts) => Repository.PathOf(parts);
}
