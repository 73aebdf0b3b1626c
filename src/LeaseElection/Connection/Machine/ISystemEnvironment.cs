namespace LeaseElection.Connection.Machine;

/// <summary>The environment and the files of the machine that we run on. Tests replace it.</summary>
internal interface ISystemEnvironment
{
    /// <summary>Gets the home folder, which holds the default kubeconfig.</summary>
    string Home { get; }

    /// <summary>An environment variable; null when it is not set.</summary>
    string? Variable(string name);

    bool HasFile(string path);

    /// <summary>Whether the path is a file that may be run.</summary>
    bool HasProgram(string path) => HasFile(path);

    bool HasFolder(string path) => false;

    byte[] ReadFile(string path);
}
