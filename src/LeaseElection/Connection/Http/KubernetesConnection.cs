using LeaseElection.Connection.Credentials;
using LeaseElection.Connection.Tls;

namespace LeaseElection.Connection.Http;

/// <summary>
/// A connection of our own to an API server, for any number of stores. One dead TCP connection must not cost a term: pings would
/// need two seconds to find it, so a request that times out while nothing at all was heard since it was sent moves all later
/// requests, and the watches, to a fresh transport.
/// </summary>
internal sealed class KubernetesConnection : IDisposable
{
    /// <summary>
    /// So many reads are under way at once. A thousand elections that begin together would ask for more streams than an HTTP/2
    /// connection has (100 at kube-apiserver since 1.27.7), and each further connection would stay for a while. Their writes follow
    /// their reads; a write never waits.
    /// </summary>
    public const int MostReads = 64;

    private readonly ITransportFactory _transports;
    private readonly ApiDialect _dialect;
    private readonly ApiExchange _exchange;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly ICredentialProvider _credentials;
    private Transport _current;
    private bool _disposed;

    /// <param name="access">Whose server, TLS, credentials and handler setup to use.</param>
    /// <param name="requestTimeout">How long opening a TCP connection may take: what one request may take.</param>
    /// <param name="time">The clock of all timeouts.</param>
    public KubernetesConnection(ServerAccess access, TimeSpan requestTimeout, TimeProvider time)
        : this(access, new TransportFactory(access, requestTimeout, time), time)
    {
    }

    /// <summary>The same over transports of another factory.</summary>
    public KubernetesConnection(ServerAccess access, ITransportFactory transports, TimeProvider time)
    {
        _time = time;
        _dialect = new(access);
        _credentials = access.OpenCredentials(time);
        _exchange = new(_credentials, _dialect, time);
        _transports = transports;
        _current = _transports.Create(ClientCertificateNow());
    }

    public Uri Server => _dialect.Server;

    /// <summary>Gets the turns of reads: each takes one before its time begins, and gives it back.</summary>
    public SemaphoreSlim ReadTurns { get; } = new(MostReads);

    /// <summary>Sends once and waits until the call's timeout, no longer, even where the transport hangs.</summary>
    public async Task<ApiAnswer> SendAsync(ApiCall call, CancellationToken cancellationToken)
    {
        if (Enter() is not { } transport)
            return new ApiAnswer.Silent("the connection is closed");
        var sentAt = _time.GetTimestamp();

        // A request in flight outlives its transport's retirement (its own timeout bounds it); a stream ends with it.
#pragma warning disable CA2000, CA2025 // The last of these disposes of it: this method, the stream, or the caller that abandons it.
        var ending = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken, call.Streams ? transport.Retired : CancellationToken.None);
        var exchange = _exchange.RunAsync(call, transport, ending);
        var answered = false;
        try
        {
            var answer = await exchange.WaitAsync(call.Timeout, _time, cancellationToken).ConfigureAwait(false);
            answered = true;
            if (answer is not ApiAnswer.Streaming)
                ending.Dispose();
            return answer;
        }
        catch (TimeoutException)
        {
            if (transport.Heard <= sentAt && _time.GetElapsedTime(sentAt) >= call.SuspectAfter)
                Replace(transport);
            return new ApiAnswer.Silent($"no answer within {call.Timeout.TotalMilliseconds:0} ms");
        }
        catch (OperationCanceledException)
        {
            return new ApiAnswer.Silent("cancelled");
        }
        finally
        {
            if (!answered)
                _ = AbandonAsync(exchange, ending);
        }
#pragma warning restore CA2000, CA2025
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
        }

        // The last to leave closes it. A handler that is closed under its first request may leave the connection behind for a minute.
        _current.Retire();
        _credentials.Dispose();
    }

    // The certificate that is known without waiting; a provider that has none yet gives it to a later transport.
    private ClientCertificate? ClientCertificateNow()
    {
#pragma warning disable CA2012 // Looked at once, and not awaited: what is not known now is not waited for.
        var asked = _credentials.GetAsync(CancellationToken.None);
        return asked.IsCompletedSuccessfully ? asked.Result.Certificate : null;
#pragma warning restore CA2012
    }

    // Null once disposed. A transport that was retired just now has a successor already.
    private Transport? Enter()
    {
        while (true)
        {
            if (Volatile.Read(ref _current) is var transport && transport.TryEnter())
                return transport;
            if (Volatile.Read(ref _disposed))
                return null;
        }
    }

    private void Replace(Transport silent)
    {
        lock (_gate)
        {
            // Many requests may time out together: only the first to come finds its own transport still in use.
            if (_disposed || _current != silent)
                return;
            try
            {
#pragma warning disable CA2000 // The last to leave disposes of it.
                Volatile.Write(ref _current, _transports.Create(ClientCertificateNow()));
#pragma warning restore CA2000
            }
            catch (Exception)
            {
                // The application's handler setup threw, though it did not at start. Then the old transport has to do.
                return;
            }
        }

        silent.Retire();
    }

    private static async Task AbandonAsync(Task<ApiAnswer> exchange, CancellationTokenSource ending)
    {
        await ending.CancelAsync().ConfigureAwait(false);
        if (await exchange.ConfigureAwait(false) is ApiAnswer.Streaming late)
            late.Stream.Dispose();
        else
            ending.Dispose();
    }
}
