using LeaseElection.Connection.Http;
using LeaseElection.Diagnostics;
using LeaseElection.Leases;
using LeaseElection.Store.Http;
using LeaseElection.Store.Json;
using LeaseElection.Store.Watch;
using Polly;

namespace LeaseElection.Store;

/// <summary>One Lease of a Kubernetes API server. Several stores may share a connection.</summary>
internal sealed class KubernetesLeaseStore : ILeaseStore
{
    private readonly KubernetesConnection _connection;
    private readonly bool _ownsConnection;
    private readonly LeaseAddress _address;
    private readonly LeaseWriter _writer;
    private readonly string? _application;
    private readonly TimeSpan _requestTimeout;
    private readonly ResiliencePipeline<ReadOutcome> _reads;
    private readonly WatchSettings _watch;

    /// <param name="connection">The way to the API server.</param>
    /// <param name="namespace">The Lease's namespace.</param>
    /// <param name="name">The Lease's name.</param>
    /// <param name="labels">What a Lease that we create is labelled with.</param>
    /// <param name="requestTimeout">How long one attempt to read may take; the measure of backoffs.</param>
    /// <param name="time">The clock of timeouts and backoffs.</param>
    /// <param name="random">Jitter, in [0, 1). Called by several threads.</param>
    /// <param name="ownsConnection">Whether disposing the store closes the connection.</param>
    /// <param name="reads">How reads are tried again, where several stores share that; null: a way of its own.</param>
    /// <param name="application">What the Lease says of whose election its holder is; null: nothing.</param>
    public KubernetesLeaseStore(
        KubernetesConnection connection, string @namespace, string name,
        IReadOnlyDictionary<string, string> labels, TimeSpan requestTimeout,
        TimeProvider time, Func<double> random, bool ownsConnection = false, ResiliencePipeline<ReadOutcome>? reads = null,
        string? application = null)
    {
        (_connection, _ownsConnection, _requestTimeout) = (connection, ownsConnection, requestTimeout);
        _address = new(connection.Server, @namespace, name);
        _writer = new(@namespace, name, labels, application);
        _application = application;
        _reads = reads ?? ReadRetries.Create(requestTimeout, time, random);
        _watch = new(connection, _address, requestTimeout, time, random);
    }

    public async Task<ReadOutcome> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var outcome = await _reads
            .ExecuteAsync(static (store, ct) => store.ReadOnceAsync(ct), this, cancellationToken)
            .ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return outcome;
    }

    public Task<WriteOutcome> WriteAsync(LeaseWrite write, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (timeout <= TimeSpan.Zero)
            return NotSent("no time was left");
        if (cancellationToken.IsCancellationRequested)
            return NotSent("cancelled");
        try
        {
            // Only what the sending needs of the record, because a waiting task keeps in memory all that it was given.
            var body = _writer.Write(write);
            var call = write.IsCreate
                ? Call(HttpMethod.Post, _address.Leases, timeout, body.Json)
                : Call(HttpMethod.Put, _address.Lease, timeout, body.Json);
            var known = new KnownTexts(write.Uid, write.Mark, write.Spec.HolderIdentity, _application);
            return SendAsync(call, body, write.IsCreate, known, cancellationToken);
        }
        catch (Exception e) when (LeaseJson.IsFault(e) || e is ArgumentException)
        {
            // A record that cannot be written (a time outside the calendar).
            return NotSent(ForeignExceptions.MessageOf(e));
        }
    }

    public IAsyncEnumerable<WatchSignal> WatchAsync(long fromVersion, CancellationToken cancellationToken) =>
        new LeaseWatch(_watch, fromVersion).RunAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        if (_ownsConnection)
            _connection.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Task<WriteOutcome> NotSent(string why) =>
        Task.FromResult<WriteOutcome>(new WriteOutcome.Unknown($"not sent: {why}", null));

    private async Task<WriteOutcome> SendAsync(
        ApiCall call, LeaseBody body, bool isCreate, KnownTexts known, CancellationToken cancellationToken)
    {
        var answer = await _connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        if (answer is ApiAnswer.Replied { BodyFault: null })
            _writer.Reuse(body);
        return WriteAnswers.Read(answer, isCreate, known, _address.Name);
    }

    private async ValueTask<ReadOutcome> ReadOnceAsync(CancellationToken cancellationToken)
    {
        await _connection.ReadTurns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var answer = await _connection.SendAsync(Call(HttpMethod.Get, _address.Lease, _requestTimeout), cancellationToken)
                .ConfigureAwait(false);
            return ReadAnswers.Read(answer, _address.Name);
        }
        finally
        {
            _connection.ReadTurns.Release();
        }
    }

    // A caller with little time left must not condemn a connection that others share, so half a request's usual time must be silent.
    private ApiCall Call(HttpMethod method, Uri uri, TimeSpan timeout, ReadOnlyMemory<byte>? body = null) =>
        new(method, uri, timeout, _requestTimeout / 2) { Body = body };
}
