namespace LeaseElection.Leases.Kubernetes;

/// <summary>The real environment and files.</summary>
internal sealed class Machine : IMachine
{
    public static Machine This { get; } = new();

    public string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    public string? Variable(string name) => Environment.GetEnvironmentVariable(name);

    public bool HasFile(string path) => File.Exists(path);

    public byte[] ReadFile(string path) => File.ReadAllBytes(path);
}
