using System.Runtime.InteropServices;
using k8s;
using k8s.LeaderElection;
using k8s.LeaderElection.ResourceLock;

namespace LeaseElection.TestProcess.KubernetesClientWorker;

/// <summary>
/// A worker with KubernetesClient's own LeaderElector, as its documentation shows it; says what examples/SingletonWorker says.
/// </summary>
internal static class Candidate
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (Arguments.Parse(args) is not { } asked)
        {
            await Console.Error.WriteLineAsync("Usage: KUBECONFIG NAMESPACE LEASE IDENTITY LEASE-MS DEADLINE-MS RETRY-MS PACE-MS");
            return 2;
        }

        var exitCode = 0;
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });

        using var client = new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(new FileInfo(asked.Kubeconfig)));
        using var elector = new k8s.LeaderElection.LeaderElector(new LeaderElectionConfig(
            new LeaseLock(client, asked.Namespace, asked.Lease, asked.Identity))
        {
            LeaseDuration = asked.Duration,
            RenewDeadline = asked.Deadline,
            RetryPeriod = asked.Retry,
        });
        var lines = new JsonLines(asked.Identity);
        using var work = new Work(lines, elector, asked.Pace);
        elector.OnStartedLeading += work.Begin;
        elector.OnStoppedLeading += work.End;
        elector.OnNewLeader += leader => lines.Say("leader", leader);
        elector.OnError += error => Console.Error.WriteLine(error.Message);
        lines.Say("started");
        try
        {
            await elector.RunAndTryToHoldLeadershipForeverAsync(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped.
        }
        catch (Exception error)
        {
            // "Forever" ends with the first network error: a process that ends is started again, as a kubelet would.
            await Console.Error.WriteLineAsync(error.Message);
            exitCode = 1;
        }
        finally
        {
            // A process ends with its work.
            work.End();
            await work.EndedAsync();
        }

        lines.Say("stopped");
        return exitCode;
    }
}
