namespace LeaseElection.Tests.Hosting.Shell;

/// <summary>
/// Tests in which user code blocks threads of the pool, or which need to know when the pool is quiet: one by one, when all others are done.
/// </summary>
[CollectionDefinition(nameof(BlocksThreads), DisableParallelization = true)]
public sealed class BlocksThreads : ICollectionFixture<BlocksThreads.ManyThreads>
{
    /// <summary>A blocked thread is replaced only after half a second otherwise, which is not what these tests are about.</summary>
    public sealed class ManyThreads : IDisposable
    {
        private readonly int _workers;
        private readonly int _ports;

        public ManyThreads()
        {
            ThreadPool.GetMinThreads(out _workers, out _ports);
            ThreadPool.SetMinThreads(64, _ports);
        }

        public void Dispose() => ThreadPool.SetMinThreads(_workers, _ports);
    }
}
