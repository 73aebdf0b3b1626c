using System.Diagnostics;

namespace LeaseElection.TestKit;

/// <summary>A kubectl that goes on and says something from time to time.</summary>
public sealed class KubectlStream : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Heard<string> _lines;
    private readonly Task<string> _errors;
    private readonly Task _reading;

    internal KubectlStream(Process process, string name)
    {
        _process = process;
        _lines = new(name);
        _errors = process.StandardError.ReadToEndAsync();
        _reading = ReadAsync();
    }

    public IReadOnlyList<string> Lines => _lines.All;

    /// <summary>The first line that fits, be it said already or still to come.</summary>
    public Task<string> FirstAsync(Func<string, bool> fits, CancellationToken cancellationToken) =>
        _lines.FirstAsync("that line", fits, Patience, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        await _reading;
        await _errors;
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
            _lines.Add(line);
        _lines.End();
    }
}
