using System.Text;
using LeaseElection.Connection.Configuration;
using LeaseElection.Connection.Machine;

namespace LeaseElection.Tests.Connection.Configuration;

/// <summary>An environment and files that only the test knows.</summary>
internal sealed class FakeMachine : ISystemEnvironment
{
    public const string HomeConfig = "/home/me/.kube/config";

    public Dictionary<string, string> Variables { get; } = [];

    public Dictionary<string, byte[]> Files { get; } = [];

    public HashSet<string> Folders { get; } = [];

    public HashSet<string> Locked { get; } = [];

    public string Home { get; set; } = "/home/me";

    public string? Variable(string name) => Variables.GetValueOrDefault(name);

    public bool HasFile(string path) => Files.ContainsKey(path);

    public bool HasFolder(string path) => Folders.Contains(path);

    public byte[] ReadFile(string path) =>
        Locked.Contains(path) ? throw new UnauthorizedAccessException($"Access to the path '{path}' is denied.")
            : Files.TryGetValue(path, out var content) ? content : throw new FileNotFoundException("no such file", path);

    public void Write(string path, string text) => Files[path] = Encoding.UTF8.GetBytes(text);

    /// <summary>Writes a kubeconfig that KUBECONFIG names.</summary>
    public void Kubeconfig(string text, string path = "/a/config")
    {
        Variables["KUBECONFIG"] = path;
        Write(path, text);
    }

    public void InPod(string host = "10.0.0.1", string port = "6443")
    {
        Variables["KUBERNETES_SERVICE_HOST"] = host;
        Variables["KUBERNETES_SERVICE_PORT"] = port;
        Write(ServiceAccount.Token, "token");
        Write(ServiceAccount.Namespace, "jobs");
        Write(ServiceAccount.Authority, TestCertificates.Authority.ExportCertificatePem());
    }
}
