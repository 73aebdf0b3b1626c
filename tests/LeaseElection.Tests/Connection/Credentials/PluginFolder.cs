using System.Text.Json;
using LeaseElection.Connection.Credentials;
using LeaseElection.Connection.Kubeconfigs;
using LeaseElection.Connection.Machine;
using LeaseElection.TestKit;
using LeaseElection.Tests.Store;

namespace LeaseElection.Tests.Connection.Credentials;

/// <summary>
/// A folder with a real plugin: a script that counts its runs, hangs while there is a file "hang", and prints the file "answer". The shell
/// runs it: a file that was written a moment ago may be busy for execve while another test starts a process.
/// </summary>
internal sealed class PluginFolder : IDisposable
{
    public const string V1 = "client.authentication.k8s.io/v1", V1Beta1 = "client.authentication.k8s.io/v1beta1";

    public static readonly ClusterEntry Cluster = new("/etc/kubeconfig", "the-cluster") { Server = "https://api.test:6443" };

    private const string Standard = """
        echo $$ >> runs
        if [ -e hang ]; then sleep 1000; fi
        cat answer
        """;

    public PluginFolder(string script = Standard)
    {
        Path = Directory.CreateTempSubdirectory("lease-plugin-").FullName;
        Write("script", $"cd '{Path}'\n{script}\n");
        Answer(token: "first");
    }

    public string Path { get; }

    public ManualTimeProvider Time { get; } = new();

    public string this[string file] => System.IO.Path.Combine(Path, file);

    public int[] Runs => File.Exists(this["runs"]) ? [.. ReadShared("runs").Split('\n').SkipLast(1).Select(int.Parse)] : [];

    public ExecEntry Entry(params string[] arguments) => new()
    {
        ApiVersion = V1,
        Command = "/bin/sh",
        Arguments = [this["script"], .. arguments],
        InteractiveMode = "Never",
    };

    public ICredentialProvider Open(ExecEntry? entry = null, ClusterEntry? cluster = null, ISystemEnvironment? machine = null) =>
        CredentialProviders.Open(
            new("/etc/kubeconfig", "the-user") { Exec = entry ?? Entry() }, cluster ?? Cluster, machine ?? SystemEnvironment.This, Time);

    public void Answer(string? token = null, TimeSpan? life = null, string? certificate = null, string? key = null)
    {
        var parts = new List<string>();
        Add("token", token);
        Add("clientCertificateData", certificate);
        Add("clientKeyData", key);
        Add("expirationTimestamp", life is { } span ? (Time.GetUtcNow() + span).ToString("yyyy-MM-ddTHH:mm:ssZ", null) : null);
        Write("answer", $$$"""{"kind":"ExecCredential","apiVersion":"{{{V1}}}","status":{ {{{string.Join(',', parts)}}} } }""");

        void Add(string name, string? value)
        {
            if (value is not null)
                parts.Add($"\"{name}\":\"{JsonEncodedText.Encode(value)}\"");
        }
    }

    public void Hang() => Write("hang", "");

    public void GoOn() => File.Delete(this["hang"]);

    /// <summary>Replaces a file at once, as whoever renews credentials does.</summary>
    public void Write(string file, string text)
    {
        File.WriteAllText(this[file + ".new"], text);
        File.Move(this[file + ".new"], this[file], overwrite: true);
    }

    public string Read(string file) => File.ReadAllText(this[file]);

    public static async Task UntilAsync(Func<bool> happened)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!happened())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < 3 * StoreFixture.Patience, "it does not happen");
            await Task.Yield();
        }
    }

    /// <summary>Whether a process is there and is not a zombie of ours.</summary>
    public static bool Lives(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/stat").Split(") ")[1][0] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The children of a process.</summary>
    public static int[] ChildrenOf(int process)
    {
        try
        {
            var children = File.ReadAllText($"/proc/{process}/task/{process}/children");
            return [.. children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
        }
        catch (IOException)
        {
            return [];
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private string ReadShared(string file)
    {
        using var stream = new FileStream(this[file], FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
