using System.IO.Pipelines;

namespace LeaseElection.Testing.Http.Connections;

/// <summary>Reads from a connection until it goes silent; then the reader waits for the connection's end.</summary>
internal sealed class SilencedReader(PipeReader inner, BlackHoleSwitch hole) : PipeReader
{
    // The last result was made up here: the inner reader knows nothing of it.
    private bool _isMadeUp;

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var result = await inner.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (!hole.IsOpen || result.IsCanceled)
            return result;
        // What came in the meantime is lost, like the packets that carried it.
        inner.AdvanceTo(result.Buffer.End);
        await hole.Closed.WaitAsync(cancellationToken).ConfigureAwait(false);
        _isMadeUp = true;
        return new(default, isCanceled: false, isCompleted: true);
    }

    public override bool TryRead(out ReadResult result)
    {
        result = default;
        return !hole.IsOpen && inner.TryRead(out result);
    }

    public override void AdvanceTo(SequencePosition consumed)
    {
        if (!_isMadeUp)
            inner.AdvanceTo(consumed);
    }

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (!_isMadeUp)
            inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);
}
