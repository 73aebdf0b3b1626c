using System.Globalization;

namespace LeaseElection.TestKit;

/// <summary>What somebody says, in order, kept; and those who wait for something in particular. Safe from any thread.</summary>
public sealed class Heard<T>(string speaker)
    where T : class
{
    private readonly Lock _lock = new();
    private readonly List<T> _all = [];
    private readonly List<Waiting> _waiting = [];
    private bool _isAtEnd;

    public IReadOnlyList<T> All
    {
        get
        {
            lock (_lock)
                return [.. _all];
        }
    }

    public void Add(T said)
    {
        lock (_lock)
        {
            _all.Add(said);
            foreach (var waiting in _waiting.Where(w => w.Fits(said)))
                waiting.Found.TrySetResult(said);
        }
    }

    /// <summary>Nothing more will be said.</summary>
    public void End()
    {
        lock (_lock)
        {
            _isAtEnd = true;
            foreach (var waiting in _waiting)
                waiting.Found.TrySetResult(null);
        }
    }

    /// <summary>The first that fits, be it said already or still to come, but for the first <paramref name="skip"/>.</summary>
    /// <exception cref="InvalidOperationException">Nothing did within <paramref name="timeout"/>, or before the end.</exception>
    public async Task<T> FirstAsync(
        string what, Func<T, bool> fits, TimeSpan timeout, CancellationToken cancellationToken, int skip = 0)
    {
        Waiting waiting = new(fits, new(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_lock)
        {
            if (_all.Skip(skip).FirstOrDefault(fits) is { } said)
                return said;
            if (_isAtEnd)
                throw Failure($"has ended without {what}");
            _waiting.Add(waiting);
        }

        try
        {
            return await waiting.Found.Task.WaitAsync(timeout, TimeProvider.System, cancellationToken)
                ?? throw Failure($"ended without {what}");
        }
        catch (TimeoutException)
        {
            throw Failure(string.Create(CultureInfo.InvariantCulture, $"has not had {what} within {timeout.TotalSeconds} s"));
        }
        finally
        {
            lock (_lock)
                _waiting.Remove(waiting);
        }
    }

    private InvalidOperationException Failure(string what) =>
        new($"{speaker} {what}. The last of it:\n{string.Join('\n', All.TakeLast(12))}");

    private sealed record Waiting(Func<T, bool> Fits, TaskCompletionSource<T?> Found);
}
