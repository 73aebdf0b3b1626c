using System.Buffers;
using System.Text;

namespace LeaseElection.Connection.Credentials.Plugins;

/// <summary>
/// Reads one of a process's streams to its end and keeps a bounded part. What was read so far may be taken at any time: a process of the
/// plugin's own may outlive it and keep the stream open.
/// </summary>
/// <param name="most">How much is kept.</param>
/// <param name="end">Keep the end; otherwise the beginning.</param>
internal sealed class ProcessOutput(int most, bool end)
{
    private readonly Lock _gate = new();
    private readonly ArrayBufferWriter<byte> _kept = new();

    public bool IsTooLong { get; private set; }

    /// <summary>Reads to the end of the stream, or until it is too much.</summary>
    public async Task ReadAsync(Stream stream, Action tooLong, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var read and > 0)
            {
                if (Keep(buffer.AsSpan(0, read)))
                    continue;
                tooLong();
                return;
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The process was killed, or nobody waits for the rest.
        }
    }

    public byte[] ToArray()
    {
        lock (_gate)
            return _kept.WrittenSpan.ToArray();
    }

    public override string ToString() => Encoding.UTF8.GetString(ToArray());

    private bool Keep(ReadOnlySpan<byte> read)
    {
        lock (_gate)
        {
            _kept.Write(read);
            if (_kept.WrittenCount <= most)
                return true;
            if (!end)
                return !(IsTooLong = true);
            var last = _kept.WrittenSpan[^most..].ToArray();
            _kept.Clear();
            _kept.Write(last);
            return true;
        }
    }
}
