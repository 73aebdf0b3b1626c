using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace LeaseElection.TestKit;

/// <summary>A process of tests/clients/client-go-candidate: client-go's own elector. Dies with the test.</summary>
public sealed class ClientGoCandidate : IForeignCandidate
{
    // Nothing here takes so long, whatever else the machine does.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Heard<CandidateEvent> _events;
    private readonly Heard<string> _errors;
    private readonly Task _reading;

    private ClientGoCandidate(Process process, string identity)
    {
        _process = process;
        Identity = identity;
        _events = new(identity);
        _errors = new($"standard error of {identity}");
        _reading = Task.WhenAll(
            ReadAsync(process.StandardOutput, _events, CandidateEvent.Parse),
            ReadAsync(process.StandardError, _errors, line => line));
    }

    public string Identity { get; }

    public IReadOnlyList<CandidateEvent> Events => _events.All;

    /// <summary>Starts one that campaigns at once; skips the test where the program is not.</summary>
    /// <param name="kubeconfig">The path of a kubeconfig file.</param>
    /// <param name="namespace">The Lease's.</param>
    /// <param name="lease">The Lease's name.</param>
    /// <param name="timings">Its settings.</param>
    /// <param name="releases">Whether <see cref="StopAsync"/> makes it release.</param>
    /// <param name="json">Whether it speaks JSON, and not the protobuf that client-go prefers and the embedded server cannot read.</param>
    public static async Task<ClientGoCandidate> StartAsync(
        string kubeconfig, string @namespace, string lease, CandidateTimings timings, bool releases = true, bool json = false)
    {
        var identity = "client-go_" + RandomNumberGenerator.GetHexString(8, lowercase: true);
        string[] arguments =
        [
            $"-kubeconfig={kubeconfig}",
            $"-namespace={@namespace}",
            $"-name={lease}",
            $"-identity={identity}",
            $"-lease-duration={Milliseconds(timings.LeaseDuration)}",
            $"-renew-deadline={Milliseconds(timings.RenewDeadline)}",
            $"-retry-period={Milliseconds(timings.RetryPeriod)}",
            $"-release-on-cancel={(releases ? "true" : "false")}",
            $"-json={(json ? "true" : "false")}",
        ];
        var process = await ProcessStarter.StartAsync(
            ClientPrograms.ClientGoCandidate,
            arguments,
            start => start.RedirectStandardOutput = start.RedirectStandardError = true);
        return new(process, identity);
    }

    public Task UntilLeadingAsync(CancellationToken cancellationToken) =>
        FirstAsync("that it leads", e => e.Event == "leading", cancellationToken);

    public Task UntilSeesAsync(string leader, CancellationToken cancellationToken) =>
        FirstAsync($"that {leader} leads", e => e.Event == "leader" && e.Leader == leader, cancellationToken);

    public Task UntilStoppedAsync(CancellationToken cancellationToken) =>
        FirstAsync("that it has stopped", e => e.Event == "stopped", cancellationToken);

    /// <summary>SIGTERM: its context is cancelled, it releases if it is to, and ends.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Signals.Send(_process, ProcessSignal.Terminate);
        await Task.WhenAll(_process.WaitForExitAsync(cancellationToken), _reading)
            .WaitAsync(Patience, TimeProvider.System, cancellationToken);
        // It does not say so by its exit code.
        if (_process.ExitCode != 0 || _errors.All.Any(line => line.Contains("Failed to release", StringComparison.Ordinal)))
            throw new InvalidOperationException($"{Identity} ended with {_process.ExitCode}: {string.Join('\n', _errors.All)}");
    }

    /// <summary>SIGKILL, and returns once it is gone.</summary>
    public async Task VanishAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        await _reading;
    }

    /// <summary>Holds the process in its tracks until <see cref="Thaw"/>.</summary>
    public void Freeze() => Signals.Freeze(_process);

    public void Thaw() => Signals.Thaw(_process);

    public async ValueTask DisposeAsync()
    {
        await VanishAsync();
        _process.Dispose();
    }

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0}ms");

    private static async Task ReadAsync<T>(StreamReader reader, Heard<T> heard, Func<string, T> parse)
        where T : class
    {
        while (await reader.ReadLineAsync() is { } line)
            heard.Add(parse(line));
        heard.End();
    }

    private async Task FirstAsync(string what, Func<CandidateEvent, bool> fits, CancellationToken cancellationToken)
    {
        try
        {
            await _events.FirstAsync(what, fits, Patience, cancellationToken);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidOperationException($"{e.Message}\nIts standard error:\n{string.Join('\n', _errors.All)}", e);
        }
    }
}
