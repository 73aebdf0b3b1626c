namespace LeaseElection.Leases.Kubernetes;

/// <summary>A body without an end. It ends when the server ends it, and when its transport is retired.</summary>
internal sealed class ApiStream(HttpResponseMessage response, Stream body, Transport transport, CancellationTokenSource ending) : IDisposable
{
    private readonly CancellationToken _ended = ending.Token;

    /// <summary>Reads some bytes. Returns promptly on cancellation, even where the transport does not: the buffer is then lost to it.</summary>
    /// <param name="buffer">Where to put them.</param>
    /// <param name="cancellationToken">Ends the wait with <see cref="OperationCanceledException"/>.</param>
    /// <returns>How many; 0 at the end.</returns>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            // The source of _ended is linked to the caller's token from when the call was sent.
            var count = await body.ReadAsync(buffer, _ended).AsTask().WaitAsync(_ended).ConfigureAwait(false);
            transport.Hear();
            return count;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && transport.IsRetired)
        {
            return 0;
        }
    }

    public void Dispose()
    {
        response.Dispose();
        ending.Dispose();
        transport.Leave();
    }
}
