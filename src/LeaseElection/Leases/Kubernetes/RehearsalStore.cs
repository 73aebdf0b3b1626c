using System.Runtime.CompilerServices;
using System.Text;
using LeaseElection.Election;

namespace LeaseElection.Leases.Kubernetes;

/// <summary>
/// A Lease in memory for one election by itself: held by somebody who then releases it. It is read and written by the code that reads and writes
/// real ones.
/// </summary>
internal sealed class RehearsalStore(string @namespace, string name) : ILeaseStore
{
    private readonly LeaseWriter _writer = new(@namespace, name, new Dictionary<string, string>());
    private long _version = 1;

    public Task<ReadOutcome> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ReadOutcome>(new ReadOutcome.Found(Parse(TextOf("somebody"))));

    public Task<WriteOutcome> WriteAsync(LeaseWrite write, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var body = _writer.Write(write);
        var written = Parse(body.Json.ToArray()) with { Version = ++_version };
        _writer.Reuse(body);
        return Task.FromResult<WriteOutcome>(new WriteOutcome.Written(written));
    }

    public async IAsyncEnumerable<WatchSignal> WatchAsync(long fromVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _version++;
        yield return new WatchSignal.Seen(Parse(TextOf("")));
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private LeaseSnapshot Parse(ReadOnlyMemory<byte> json) =>
        LeaseReader.TryRead(json, name, out var lease, out var why) ? lease : throw new InvalidOperationException(why);

    private byte[] TextOf(string holder) => Encoding.UTF8.GetBytes(
        $$"""
        {"apiVersion":"{{LeaseJson.ApiVersion}}","kind":"{{LeaseJson.Kind}}","metadata":{"name":"{{name}}","namespace":"{{@namespace}}","uid":"1","resourceVersion":"{{_version}}"},
        "spec":{"holderIdentity":"{{holder}}","leaseDurationSeconds":15,"leaseTransitions":0} }
        """);
}
