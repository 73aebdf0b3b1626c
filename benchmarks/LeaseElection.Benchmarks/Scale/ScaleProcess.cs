using System.Diagnostics;
using System.Globalization;
using LeaseElection.Benchmarks.Measuring;

namespace LeaseElection.Benchmarks.Scale;

/// <summary>A child with many elections, seen from outside.</summary>
internal sealed class ScaleProcess : IDisposable
{
    private readonly Process _process;
    private readonly int _serverPort;

    private ScaleProcess(Process process, int serverPort) => (_process, _serverPort) = (process, serverPort);

    public ProcessCost Cost => ProcessCost.Of(_process.Id, _serverPort);

    /// <summary>Starts one, which is ready when it leads in all its elections or knows who does.</summary>
    public static async Task<ScaleProcess> StartAsync(ScaleServer server, int elections, string who, CancellationToken cancellationToken)
    {
        var count = elections.ToString(CultureInfo.InvariantCulture);
        var process = await ProcessStarter.StartAsync(
            WorkerProcess.Host,
            [typeof(ScaleProcess).Assembly.Location, ScaleChild.Command, server.Kubeconfig, server.Namespace, count, who],
            static start => start.RedirectStandardInput = start.RedirectStandardOutput = true);
        var child = new ScaleProcess(process, server.Port);
        try
        {
            await child.ExpectAsync("settled", cancellationToken);
            return child;
        }
        catch
        {
            child.Dispose();
            throw;
        }
    }

    /// <summary>How many terms ended (or electors fell over) so far.</summary>
    public Task<long> LostAsync(CancellationToken cancellationToken) => AskAsync(ScaleChild.Lost, cancellationToken);

    /// <summary>How many bytes of objects are left when all garbage has gone.</summary>
    public Task<long> HeapAsync(CancellationToken cancellationToken) => AskAsync(ScaleChild.Heap, cancellationToken);

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task<long> AskAsync(string question, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync(question.AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        return long.Parse((await ExpectAsync($"{question} ", cancellationToken)).Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private async Task<string> ExpectAsync(string begins, CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(begins, StringComparison.Ordinal))
                return line;
        }

        throw new InvalidOperationException($"A child ended before it said '{begins}'.");
    }
}
