namespace LeaseElection.Connection.Machine;

/// <summary>The real environment and files.</summary>
internal sealed class SystemEnvironment : ISystemEnvironment
{
    public static SystemEnvironment This { get; } = new();

    public string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    public string? Variable(string name) => Environment.GetEnvironmentVariable(name);

    public bool HasFile(string path) => File.Exists(path);

    public bool HasFolder(string path) => Directory.Exists(path);

    public byte[] ReadFile(string path) => File.ReadAllBytes(path);
}
