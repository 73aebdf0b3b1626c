using System.Runtime.CompilerServices;

namespace LeaseElection.Tests.Hosting.Shell;

/// <summary>Tests in which user code blocks threads of the pool: one by one, when all others are done.</summary>
[CollectionDefinition(nameof(BlocksThreads), DisableParallelization = true)]
public sealed class BlocksThreads
{
    // A blocked thread is replaced after half a second otherwise, which is not what these tests are about.
    [ModuleInitializer]
    internal static void KeepThreads() => ThreadPool.SetMinThreads(64, 64);
}
