using LeaseElection.Benchmarks.Measuring;

namespace LeaseElection.Examples.Tests.Benchmarks.Servers;

public sealed class ProcessCostTests
{
    [Fact]
    public void ReadProcessor_NameWithBlanksAndBrackets_IsUserAndSystemTime() =>
        Assert.Equal(
            TimeSpan.FromMilliseconds(1230),
            ProcessCost.ReadProcessor("42 (a (b) c) S 1 42 42 0 -1 4194560 100 0 0 0 100 23 7 8 20 0 9 0 55"));
}
