namespace LeaseElection.Connection.Machine;

/// <summary>The real environment and files.</summary>
internal sealed class SystemEnvironment : ISystemEnvironment
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public static SystemEnvironment This { get; } = new();

    public string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    public string? Variable(string name) => Environment.GetEnvironmentVariable(name);

    public bool HasFile(string path) => File.Exists(path);

    public bool HasProgram(string path) =>
        File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & AnyExecute) != 0);

    public bool HasFolder(string path) => Directory.Exists(path);

    public byte[] ReadFile(string path) => File.ReadAllBytes(path);
}
