using LeaseElection.Connection.Credentials;
using LeaseElection.Connection.Tls;

namespace LeaseElection.Connection.Http;

/// <summary>
/// A connection of our own to an API server, for any number of stores. Slow is not dead: a silence of RequestTimeout moves later requests
/// to another transport, and those that are on their way go on waiting, each until its own timeout.
/// </summary>
internal sealed class KubernetesConnection : IDisposable
{
    /// <summary>
    /// So many reads are under way at once. A thousand elections that begin together would ask for more streams than an HTTP/2
    /// connection has (100 at kube-apiserver since 1.27.7), and each further connection would stay for a while. Their writes follow
    /// their reads; a write never waits.
    /// </summary>
    public const int MostReads = 64;

    private readonly ApiDialect _dialect;
    private readonly ApiExchange _exchange;
    private readonly TimeProvider _time;
    private readonly ICredentialProvider _credentials;
    private readonly TransportPool _transports;

    /// <param name="access">Whose server, TLS, credentials and handler setup to use.</param>
    /// <param name="requestTimeout">When a silent connection is doubted; by this all its timeouts scale.</param>
    /// <param name="time">The clock of all timeouts.</param>
    public KubernetesConnection(ServerAccess access, TimeSpan requestTimeout, TimeProvider time)
        : this(access, new TransportFactory(access, requestTimeout, time), requestTimeout, time, Jitter.Create())
    {
    }

    /// <summary>The same over transports of another factory.</summary>
    public KubernetesConnection(
        ServerAccess access, ITransportFactory transports, TimeSpan requestTimeout, TimeProvider time, Func<double> random)
    {
        _time = time;
        _dialect = new(access);
        _credentials = access.OpenCredentials(time);
        _transports = new(
            transports, new(requestTimeout), ClientCertificateNow(), time, random, text => Noticed?.Invoke(text));
        _exchange = new(_credentials, _dialect, _transports, time);
    }

    /// <summary>Raised with what an operator should read about the connection. On any thread; a handler must not block.</summary>
    public event Action<string>? Noticed;

    public Uri Server => _dialect.Server;

    /// <summary>Gets the turns of reads: each takes one before its time begins, and gives it back.</summary>
    public SemaphoreSlim ReadTurns { get; } = new(MostReads);

    /// <summary>Sends once and waits until the call's timeout, no longer, even where the transport hangs.</summary>
    public async Task<ApiAnswer> SendAsync(ApiCall call, CancellationToken cancellationToken)
    {
        // A request in flight outlives its transport's place in the pool (its own timeout bounds it); a stream ends when it is given up.
#pragma warning disable CA2000, CA2025 // The last of these disposes of it: this method, the stream, or the caller that abandons it.
        var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var progress = new ApiProgress();
        var exchange = _exchange.RunAsync(call, progress, ending);
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
            return new ApiAnswer.Silent($"no answer within {call.Timeout.TotalMilliseconds:0} ms{WhyOf(progress)}");
        }
        catch (OperationCanceledException)
        {
            return new ApiAnswer.Silent("cancelled");
        }
        finally
        {
            if (!answered)
            {
                progress.Use?.Abandon();
                _ = AbandonAsync(exchange, ending);
            }
        }
#pragma warning restore CA2000, CA2025
    }

    public void Dispose()
    {
        _transports.Dispose();
        _credentials.Dispose();
    }

    private static async Task AbandonAsync(Task<ApiAnswer> exchange, CancellationTokenSource ending)
    {
        await ending.CancelAsync().ConfigureAwait(false);
        if (await exchange.ConfigureAwait(false) is ApiAnswer.Streaming late)
            late.Stream.Dispose();
        else
            ending.Dispose();
    }

    private string WhyOf(ApiProgress progress) => progress.Use switch
    {
        null => _credentials.WaitsFor is { } what ? $": waiting for {what}" : "",
        { IsHeardSince: true } => ", though the connection lives",
        _ => "",
    };

    // The certificate that is known without waiting; a provider that has none yet gives it to a later transport.
    private ClientCertificate? ClientCertificateNow()
    {
#pragma warning disable CA2012 // Looked at once, and not awaited: what is not known now is not waited for.
        var asked = _credentials.GetAsync(CancellationToken.None);
        return asked.IsCompletedSuccessfully ? asked.Result.Certificate : null;
#pragma warning restore CA2012
    }
}
