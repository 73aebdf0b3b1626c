using System.Diagnostics;
using System.Globalization;

namespace LeaseElection.Simulation.Shell.Running;

/// <summary>Many worlds, played by several processes: each knows only by itself when all is quiet in it.</summary>
internal sealed class ShellBatch(ShellOptions options)
{
    // A fresh process now and then: nothing of thousands of worlds adds up.
    private const long Chunk = 5000;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostSilence = TimeSpan.FromMinutes(3);

    private readonly Lock _gate = new();
    private readonly List<Process> _running = [];
    private long _next;
    private volatile bool _isStopped;

    public ShellTally Tally { get; private set; } = ShellTally.None;

    public List<BadWorld> Bad { get; } = [];

    /// <summary>Gets what a process said that ended as it must not.</summary>
    public List<string> Crashes { get; } = [];

    public bool IsStopped => _isStopped;

    public void Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
            foreach (var process in _running)
                process.StandardInput.Close();
        }
    }

    public void Run()
    {
        var jobs = Enumerable.Range(0, options.Jobs).Select(job => new Thread(() => Work(job))).ToList();
        foreach (var job in jobs)
            job.Start();
        foreach (var job in jobs)
            job.Join();
    }

    private void Work(int job)
    {
        // Small runs are shared out too.
        var chunk = Math.Clamp(options.Seeds / options.Jobs, 1, Chunk);
        while (!_isStopped)
        {
            var first = Interlocked.Add(ref _next, chunk) - chunk;
            if (first >= options.Seeds)
                return;
            Play(job, options.From + (ulong)first, Math.Min(chunk, options.Seeds - first));
        }
    }

    private void Play(int job, ulong from, long seeds)
    {
        using var process = Start(from, seeds);
        OneProcessor.Give(process, job);
        lock (_gate)
        {
            _running.Add(process);
            if (_isStopped)
                process.StandardInput.Close();
        }

        var said = process.StandardError.ReadToEndAsync();
        var played = 0L;
        while (Next(process) is { } line)
        {
            played += line.StartsWith("tally ", StringComparison.Ordinal) ? 1 : 0;
            Take(line);
        }

        process.WaitForExit();
        lock (_gate)
        {
            _running.Remove(process);
            if (process.ExitCode != 0)
                Crashes.Add($"seed {from + (ulong)played}: exit code {process.ExitCode}: {said.GetAwaiter().GetResult()}");
        }
    }

    // A world that hangs for good is a finding too: its process is ended. Second by second: while all of this is stopped (SIGSTOP), time
    // does not count.
    private static string? Next(Process process)
    {
        var line = process.StandardOutput.ReadLineAsync();
        for (var silent = TimeSpan.Zero; silent < MostSilence; silent += Second)
        {
            if (Task.WaitAny([line], Second) == 0)
                return line.GetAwaiter().GetResult();
        }

        process.Kill();
        return line.GetAwaiter().GetResult();
    }

    private void Take(string line)
    {
        var isEnough = false;
        lock (_gate)
        {
            if (line.StartsWith("tally ", StringComparison.Ordinal))
                Tally += ShellTally.Parse(line[6..]);
            else if (line.StartsWith("bad ", StringComparison.Ordinal))
                Bad.Add(BadWorld.Parse(line[4..]));
            isEnough = options.Most > 0 && Bad.DistinctBy(static b => b.Seed).Count() >= options.Most;
        }

        if (isEnough && !_isStopped)
            Stop();
    }

    private Process Start(ulong from, long seeds)
    {
        var assembly = typeof(ShellBatch).Assembly.Location;
        var program = Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? ".exe" : null);
        var start = new ProcessStartInfo { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (File.Exists(program))
        {
            start.FileName = program;
        }
        else
        {
            start.FileName = "dotnet";
            start.ArgumentList.Add(assembly);
        }

        // Short-lived processes: profiles for the compiler cost more than they bring.
        start.Environment["DOTNET_TieredPGO"] = "0";
        // What eng/simulate.sh gives the machine's simulation: this one allocates little, and would only touch more memory.
        start.Environment.Remove("DOTNET_GCgen0size");
        string[] arguments = ["shell", "--child", "--from", from.ToString(CultureInfo.InvariantCulture), "--seeds", seeds.ToString(CultureInfo.InvariantCulture), "--again", options.Again.ToString(CultureInfo.InvariantCulture)];
        foreach (var argument in options.Mutant is { } mutant ? [.. arguments, "--mutant", mutant] : arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
