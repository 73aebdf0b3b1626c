using Xunit.Sdk;
using Xunit.v3;

// Most tests wait, each for its own server.
[assembly: Parallelization(Mode = ParallelMode.All, MaxThreads = 24)]
