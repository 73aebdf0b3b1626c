namespace LeaseElection.Connection.Http;

/// <summary>Reads a body of reasonable length. A Lease has about a kilobyte; whatever is much longer is not one.</summary>
internal static class BoundedBody
{
    /// <summary>The longest body, and the longest line of a watch, in bytes.</summary>
    public const int Longest = 2 * 1024 * 1024;

    private const int UsualLength = 2048;

    public static async Task<(ReadOnlyMemory<byte> Body, string? Fault)> ReadAsync(
        HttpContent content, Transport transport, CancellationToken cancellationToken)
    {
        var announced = content.Headers.ContentLength;
        if (announced > Longest)
            return (default, TooLong);
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = stream.ConfigureAwait(false);

        // One byte more than announced, so that the end is seen without growing.
        var buffer = new byte[(announced ?? UsualLength) + 1];
        var length = 0;
        while (await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            transport.Hear();
            length += count;
            if (length > Longest)
                return (default, TooLong);
            if (length == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
        }

        return (buffer.AsMemory(0, length), null);
    }

    private static string TooLong => $"the answer is longer than {Longest} bytes";
}
