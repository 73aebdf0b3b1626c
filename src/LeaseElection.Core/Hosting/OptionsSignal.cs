using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace LeaseElection.Hosting;

/// <summary>Tells the options monitor that the options of this name have changed and keep every rule.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has neither a timer nor a wait handle.")]
internal sealed class OptionsSignal(string name) : IOptionsChangeTokenSource<LeaderElectionOptions>
{
    private CancellationTokenSource _next = new();

    public string Name => name;

    public IChangeToken GetChangeToken() => new CancellationChangeToken(Volatile.Read(ref _next).Token);

    /// <summary>Calls the listeners, on this thread.</summary>
    public void Fire() => Interlocked.Exchange(ref _next, new()).Cancel();
}
