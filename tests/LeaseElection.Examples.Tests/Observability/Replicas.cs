using System.Diagnostics;
using System.Globalization;
using LeaseElection.Testing;

namespace LeaseElection.Examples.Tests.Observability;

/// <summary>Processes of the example on one API server for Leases. (Two hosts in one process would export each other's metrics.)</summary>
internal sealed class Replicas : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leaseelection-");
    private readonly Dictionary<string, Process> _processes = new(StringComparer.Ordinal);

    private Replicas()
    {
    }

    /// <summary>Gets where each is scraped: host and port.</summary>
    public IReadOnlyCollection<string> Addresses => _processes.Keys;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<Replicas> StartAsync(LeaseApiServer server, int count)
    {
        var replicas = new Replicas();
        var kubeconfig = Path.Combine(replicas._folder.FullName, "kubeconfig");
        await Kubeconfig.WriteAsync(kubeconfig, server.CreateConfiguration(), "default", Cancel);
        foreach (var port in LoopbackPorts.Free(count))
        {
            var address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
            string[] arguments =
                [typeof(ObservedWorker.App).Assembly.Location, "--urls", $"http://{address}", "--LeaderElection:LeaseDuration", "00:00:03"];
            replicas._processes[address] = await ProcessStarter.StartAsync(WorkerProcess.Host, arguments, start =>
            {
                start.WorkingDirectory = replicas._folder.FullName;
                start.RedirectStandardOutput = start.RedirectStandardError = start.RedirectStandardInput = true;
                start.Environment["KUBECONFIG"] = kubeconfig;
            });
            // Read, or a full pipe would stop it.
            replicas._processes[address].BeginOutputReadLine();
            replicas._processes[address].BeginErrorReadLine();
        }

        return replicas;
    }

    /// <summary>SIGTERM, and its end.</summary>
    public async Task StopAsync(string address)
    {
        var process = _processes[address];
        Signals.Send(process, ProcessSignal.Terminate);
        await process.WaitForExitAsync(Cancel).WaitAsync(Patience, TimeProvider.System, Cancel);
        Assert.Equal(0, process.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes.Values)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }

        _folder.Delete(recursive: true);
    }
}
