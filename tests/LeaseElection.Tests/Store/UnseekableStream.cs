namespace LeaseElection.Tests.Store;

/// <summary>A body of unannounced length, which may end in a fault.</summary>
internal sealed class UnseekableStream(byte[] content, Exception? fault = null) : MemoryStream(content)
{
    public override bool CanSeek => false;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await base.ReadAsync(buffer, cancellationToken) is > 0 and var count ? count : fault is null ? 0 : throw fault;
}
