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
    // Twice as many RequestTimeouts as a write can be valid for, by default: whoever probes decides when to stop.
    private const int LongestProbe = 10;

    private readonly KubernetesConnection _connection;
    private readonly bool _ownsConnection;
    private readonly LeaseAddress _address;
    private readonly LeaseWriter _writer;
    private readonly string? _application;
    private readonly TimeSpan _requestTimeout;
    private readonly TimeProvider _time;
    private readonly Trail _writes = new();
    private readonly ResiliencePipeline<ReadOutcome> _reads;
    private readonly WatchSettings _watch;

    /// <param name="connection">The way to the API server.</param>
    /// <param name="namespace">The Lease's namespace.</param>
    /// <param name="name">The Lease's name.</param>
    /// <param name="labels">What a Lease that we create is labelled with.</param>
    /// <param name="requestTimeout">After how long a read is sent a second time; the measure of backoffs.</param>
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
        (_connection, _ownsConnection, _requestTimeout, _time) = (connection, ownsConnection, requestTimeout, time);
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
            .ExecuteAsync(
                static (read, ct) => read.TryAsync(ct),
                new LeaseRead(_connection, _address, _requestTimeout, _time),
                cancellationToken)
            .ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return outcome;
    }

    public async Task<ReadOutcome> ProbeAsync(bool onAnother, CancellationToken cancellationToken)
    {
        var call = new ApiCall(HttpMethod.Get, _address.Lease, LongestProbe * _requestTimeout)
        {
            Way = onAnother ? Way.Other : Way.Same,
            Trail = _writes,
        };
        var answer = await _connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return ReadAnswers.Read(answer, _address.Name);
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
            var (method, address) = write.IsCreate ? (HttpMethod.Post, _address.Leases) : (HttpMethod.Put, _address.Lease);
            var call = new ApiCall(method, address, timeout)
            {
                Body = body.Json,
                Way = write.OnAnother ? Way.Other : Way.Usual,
                Trail = _writes,
                LeavesTrail = true,
            };
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
}
