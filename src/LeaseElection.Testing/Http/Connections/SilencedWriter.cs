using System.IO.Pipelines;

namespace LeaseElection.Testing.Http.Connections;

/// <summary>Writes to a connection until it goes silent; then whatever is written is lost.</summary>
internal sealed class SilencedWriter(PipeWriter inner, BlackHoleSwitch hole) : PipeWriter
{
    private byte[] _lost = [];
    private bool _isLosing;

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    public override Memory<byte> GetMemory(int sizeHint = 0) => Loses() ? Lost(sizeHint) : inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => Loses() ? Lost(sizeHint) : inner.GetSpan(sizeHint);

    public override void Advance(int bytes)
    {
        // Asked for by the last GetMemory: the switch may have been turned in between.
        if (!_isLosing)
            inner.Advance(bytes);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        hole.IsOpen ? new(default(FlushResult)) : inner.FlushAsync(cancellationToken);

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    private bool Loses() => _isLosing = hole.IsOpen;

    private byte[] Lost(int sizeHint)
    {
        if (_lost.Length < Math.Max(sizeHint, 4096))
            _lost = new byte[Math.Max(sizeHint, 4096)];
        return _lost;
    }
}
