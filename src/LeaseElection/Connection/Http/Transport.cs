using LeaseElection.Diagnostics;

namespace LeaseElection.Connection.Http;

/// <summary>
/// One generation of the connection: a handler with its own pool of TCP connections. Retired, it takes no new requests, ends its
/// streams at once, and is disposed when the last request has left: never under a sender.
/// </summary>
internal sealed class Transport(HttpMessageInvoker invoker, IDisposable sockets, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
#pragma warning disable CA2213 // Cancelled by one thread while another may be the last to leave; without a timer there is nothing to free.
    private readonly CancellationTokenSource _retiring = new();
#pragma warning restore CA2213
    private long _heard = long.MinValue;
    private int _inside;
    private bool _retired;

    /// <summary>Gets a token that is cancelled when this transport is retired.</summary>
    public CancellationToken Retired => _retiring.Token;

    public bool IsRetired => _retiring.IsCancellationRequested;

    /// <summary>Gets the timestamp at which the server was last heard; the smallest number when it never was.</summary>
    public long Heard => Volatile.Read(ref _heard);

    public void Hear() => Volatile.Write(ref _heard, time.GetTimestamp());

    /// <summary>Goes in, to send a request or to read a stream. Refused once retired.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            if (!_retired)
                _inside++;
            return !_retired;
        }
    }

    public void Leave()
    {
        bool last;
        lock (_gate)
        {
            last = --_inside == 0 && _retired;
        }

        if (last)
            Dispose();
    }

    public void Retire()
    {
        bool last;
        lock (_gate)
        {
            if (_retired)
                return;
            _retired = true;
            last = _inside == 0;
        }

        ForeignCallbacks.Cancel(_retiring);
        if (last)
            Dispose();
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        invoker.SendAsync(request, cancellationToken);

    /// <summary>Closes every TCP connection, also those in use.</summary>
    public void Dispose()
    {
        invoker.Dispose();
        sockets.Dispose();
    }
}
