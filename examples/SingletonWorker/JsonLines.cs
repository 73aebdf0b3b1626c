namespace SingletonWorker;

/// <summary>Standard output for JSON lines: each in one write, flushed at once. Safe from any thread.</summary>
internal sealed class JsonLines : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Stream _output = Console.OpenStandardOutput();

    public void Write(ReadOnlySpan<byte> line)
    {
        lock (_gate)
        {
            _output.Write(line);
            _output.Flush();
        }
    }

    public void Dispose() => _output.Dispose();
}
