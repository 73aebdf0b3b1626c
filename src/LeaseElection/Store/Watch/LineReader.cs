using LeaseElection.Connection.Http;

namespace LeaseElection.Store.Watch;

/// <summary>Takes a stream apart into lines, as they come, each of bounded length.</summary>
internal sealed class LineReader(ApiStream stream, int longest)
{
    private byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;

    /// <summary>The next line that is not blank.</summary>
    /// <returns>The line, valid until the next call; or the stream's end, with a reason unless the server ended it.</returns>
    public async ValueTask<LineRead> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            while (TakeLine() is { } line)
            {
                if (!line.Span.Trim("\r \t"u8).IsEmpty)
                    return new(line, null);
            }

            if (_end - _start > longest)
                return new(null, $"a line is longer than {longest} bytes");
            MakeRoom();
            int count;
            try
            {
                count = await stream.ReadAsync(_buffer.AsMemory(_end)).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                // Everything: a reset, a retired transport, whatever an application's handler throws. Each ends only this connection.
                cancellationToken.ThrowIfCancellationRequested();
                return new(null, e.Message);
            }

            if (count == 0)
                return new(null, _end > _start ? "it ended in the middle of a line" : null);
            _end += count;
        }
    }

    private ReadOnlyMemory<byte>? TakeLine()
    {
        var length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
        if (length < 0)
            return null;
        var line = _buffer.AsMemory(_start, length);
        _start += length + 1;
        return line;
    }

    private void MakeRoom()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
    }
}

/// <summary>A line, or the end (both null), or the end with a fault.</summary>
internal readonly record struct LineRead(ReadOnlyMemory<byte>? Line, string? Fault);
