namespace LeaseElection.Connection.Http;

/// <summary>A body without an end. It ends when the server ends it, and when its transport is given up.</summary>
internal sealed class ApiStream(
    HttpResponseMessage response, Stream body, TransportUse use, CancellationTokenSource ending) : IDisposable
{
    private readonly CancellationToken _ended = ending.Token;

    /// <summary>Gets a value indicating whether its connection was given up, though the server did not end it.</summary>
    public bool IsGivenUp => use.IsGivenUp;

    /// <summary>
    /// Reads some bytes. Ends promptly on cancellation, even where the transport does not: the buffer is then lost to it.
    /// </summary>
    /// <returns>How many; 0 at the end.</returns>
    /// <exception cref="OperationCanceledException">
    /// The token that the call was sent with, or the transport's being given up, ended it.
    /// </exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        var count = await body.ReadAsync(buffer, _ended).AsTask().WaitAsync(_ended).ConfigureAwait(false);
        use.Transport.Hear();
        return count;
    }

    public void Dispose()
    {
        response.Dispose();
        use.Dispose();
        ending.Dispose();
    }
}
