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

    public static async Task<ScaleProcess> StartAsync(string kubeconfig, int serverPort, string space, int count, string elector, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_TieredPGO"] = "0" },
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(ScaleProcess).Assembly.Location);
        foreach (var argument in (string[])[ScaleChild.Command, kubeconfig, space, count.ToString(CultureInfo.InvariantCulture), elector])
            start.ArgumentList.Add(argument);
        var child = new ScaleProcess(Process.Start(start)!, serverPort);
        await child.ExpectAsync("settled", cancellationToken);
        return child;
    }

    /// <summary>How many terms ended (or electors fell over) so far.</summary>
    public async Task<int> LostAsync(CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync("report".AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        return int.Parse((await ExpectAsync("lost", cancellationToken)).Split(' ')[1], CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
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
