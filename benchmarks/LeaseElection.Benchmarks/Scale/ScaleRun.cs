using LeaseElection.Benchmarks.Measuring;
using LeaseElection.TestKit;

namespace LeaseElection.Benchmarks.Scale;

/// <summary>Many elections in one process against another process with the same: what that costs each while nothing happens.</summary>
internal sealed class ScaleRun(TimeSpan window, Action<string> progress)
{
    public async Task<IReadOnlyList<ScaleFigure>> RunAsync(IReadOnlyList<int> counts, IReadOnlyList<string> electors, CancellationToken cancellationToken)
    {
        await using var plane = await ControlPlane.StartOwnAsync(cancellationToken)
            ?? throw new InvalidOperationException("No kube-apiserver and etcd here: run eng/control-plane.sh, or set KUBEBUILDER_ASSETS");
        var port = new Uri(plane.Administrator.Configuration().Host).Port;
        var figures = new List<ScaleFigure>();
        foreach (var count in counts)
        {
            foreach (var elector in electors)
                figures.Add(await MeasureAsync(plane, port, count, elector, cancellationToken));
        }

        return figures;
    }

    private async Task<ScaleFigure> MeasureAsync(ControlPlane plane, int port, int count, string elector, CancellationToken cancellationToken)
    {
        progress($"{count} elections, {elector}: starting");
        var space = await plane.CreateNamespaceAsync(cancellationToken);
        var began = TimeProvider.System.GetTimestamp();
        using var leaders = await ScaleProcess.StartAsync(plane.Administrator.KubeconfigPath, port, space, count, elector, cancellationToken);
        progress($"{count} elections, {elector}: all lead after {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F1} s");
        using var standbys = await ScaleProcess.StartAsync(plane.Administrator.KubeconfigPath, port, space, count, elector, cancellationToken);

        // The start's own work is none of what is asked: a third of a minute, and more for many.
        await Task.Delay(TimeSpan.FromSeconds(Math.Min(20, window.TotalSeconds)), TimeProvider.System, cancellationToken);
        progress($"{count} elections, {elector}: {window.TotalSeconds:F0} s of nothing");
        var (leadersBefore, standbysBefore, serverBefore) = (leaders.Cost, standbys.Cost, ProcessCost.ProcessorOf(plane.ApiServer.ProcessId!.Value));
        var lost = await leaders.LostAsync(cancellationToken);
        var from = TimeProvider.System.GetTimestamp();
        await Task.Delay(window, TimeProvider.System, cancellationToken);
        var took = TimeProvider.System.GetElapsedTime(from);
        var (leadersAfter, standbysAfter) = (leaders.Cost, standbys.Cost);
        return new(
            count, elector, (leadersAfter.Processor - leadersBefore.Processor) / took, (standbysAfter.Processor - standbysBefore.Processor) / took,
            (ProcessCost.ProcessorOf(plane.ApiServer.ProcessId!.Value) - serverBefore) / took, leadersAfter.Resident, leadersAfter.Connections, standbysAfter.Connections,
            await leaders.LostAsync(cancellationToken) - lost);
    }
}

/// <summary>What one count of one elector cost.</summary>
/// <param name="Elections">How many.</param>
/// <param name="Elector">Whose.</param>
/// <param name="LeaderCores">Processor of the process that leads, in cores.</param>
/// <param name="StandbyCores">Of the one that stands by.</param>
/// <param name="ServerCores">Of kube-apiserver.</param>
/// <param name="LeaderResident">Memory of the process that leads, in bytes.</param>
/// <param name="LeaderConnections">TCP connections of the process that leads.</param>
/// <param name="StandbyConnections">Of the one that stands by.</param>
/// <param name="Lost">Terms that ended in the window.</param>
internal sealed record ScaleFigure(
    int Elections, string Elector, double LeaderCores, double StandbyCores, double ServerCores, long LeaderResident, int LeaderConnections,
    int StandbyConnections, int Lost);
