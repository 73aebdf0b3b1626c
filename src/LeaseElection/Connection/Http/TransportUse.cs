using LeaseElection.Diagnostics;

namespace LeaseElection.Connection.Http;

/// <summary>One request's, or one stream's, time in a transport.</summary>
internal sealed class TransportUse(
    Transport transport, LinkedListNode<SilenceTimer.Waiting> waiting, CancellationTokenSource? stream, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private ITimer? _giveUp;
    private bool _left;

    public Transport Transport => transport;

    public LinkedListNode<SilenceTimer.Waiting> Waiting => waiting;

    /// <summary>Gets a value indicating whether the stream was ended from here, not by the server.</summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>Gets a value indicating whether the server was heard since the request was sent.</summary>
    public bool IsHeardSince => transport.Heard > waiting.Value.SentAt;

    /// <summary>The headers are here.</summary>
    public void Answered()
    {
        transport.Hear();
        if (stream is not null)
            transport.HasAnswered(this); // Of a stream nothing more is waited for.
    }

    /// <summary>Nobody waits any more; the transport may hang all the same.</summary>
    public void Abandon() => transport.HasAnswered(this);

    /// <summary>Ends the stream after a while: it is read on until then.</summary>
    public void GiveUp(TimeSpan after)
    {
        if (after > TimeSpan.Zero)
        {
            lock (_gate)
            {
                if (!_left)
                    _giveUp ??= time.CreateTimer(static use => ((TransportUse)use!).End(), this, after, Timeout.InfiniteTimeSpan);
            }
        }
        else
        {
            End();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_left)
                return;
            _left = true;
            _giveUp?.Dispose();
        }

        transport.Leave(this);
    }

    private void End()
    {
        lock (_gate)
        {
            if (_left || stream is null)
                return;
            IsGivenUp = true;
            ForeignCallbacks.Cancel(stream);
        }
    }
}
