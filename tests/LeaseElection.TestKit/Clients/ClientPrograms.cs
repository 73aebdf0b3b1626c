
namespace LeaseElection.TestKit;

/// <summary>The programs of others that tests run beside the library.</summary>
public static class ClientPrograms
{
    /// <summary>Names another kubectl than the one that eng/control-plane.sh gets: to try what a newer one asks of a server.</summary>
    public const string KubectlVariable = "LEASEELECTION_TEST_KUBECTL";

    /// <summary>Gets kubectl's path; skips the test where there is none.</summary>
    public static string Kubectl => Environment.GetEnvironmentVariable(KubectlVariable) is { Length: > 0 } given ? given : Find("kubectl");

    /// <summary>Gets the path of the candidate of tests/clients/client-go-candidate; skips the test where there is none.</summary>
    public static string ClientGoCandidate => Find("client-go-candidate");

    /// <summary>The path of a program that eng/control-plane.sh builds.</summary>
    /// <returns>Null where there is none.</returns>
    public static string? Locate(string name)
    {
        string?[] folders = [BinaryFolders.Assets, BinaryFolders.Cache];
        return folders.OfType<string>().Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    private static string Find(string name)
    {
        var found = Locate(name);
        // Names the script: by that eng/test.sh knows such a skip, and fails.
        Assert.SkipWhen(found is null, $"No {name} here: run eng/control-plane.sh without KUBEBUILDER_ASSETS, or put one into that folder");
        return found;
    }
}
