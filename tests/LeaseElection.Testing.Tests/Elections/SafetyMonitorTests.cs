using LeaseElection.TestKit.Scenarios.Elections;
using LeaseElection.TestKit.Scenarios.Elections.Safety;
using Xunit.Sdk;

namespace LeaseElection.Testing.Tests.Elections;

/// <summary>The judge of all scenarios finds what it is there to find.</summary>
public sealed class SafetyMonitorTests : IAsyncLifetime
{
    private readonly SafetyMonitor _monitor = new();
    private LeaseApiServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await LeaseApiServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _monitor.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task TwoElections_JudgedAsOne_LeadAtOnceAndThatIsFound()
    {
        await using var first = Add("first");
        await using var second = Add("second");
        await first.Start().UntilLeadingAsync();
        _monitor.AssertSafe();
        await second.Start().UntilLeadingAsync();

        Assert.Contains("lead at once", Assert.ThrowsAny<XunitException>(_monitor.AssertSafe).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TokenOfALaterTerm_DoesNotRise_IsFound()
    {
        await using var early = Add("early");
        await using var late = Add("late");
        var term = await early.Start().UntilLeadingAsync();
        await late.Start().UntilLeadingAsync();
        using var monitor = new SafetyMonitor();
        monitor.Begins(late, late.Elector.Term!);
        monitor.Begins(early, term);

        Assert.Contains("after token", Assert.ThrowsAny<XunitException>(monitor.AssertSafe).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leader_WhoseWritesNobodySaw_IsFound()
    {
        await using var a = Add("a");
        await a.Start().UntilLeadingAsync();
        _monitor.AssertSafe();
        a.Tap.ForgetWrites();

        Assert.Contains("longer than", Assert.ThrowsAny<XunitException>(_monitor.AssertSafe).Message, StringComparison.Ordinal);
    }

    private Replica Add(string lease) =>
        new(_server.CreateConfiguration(), "default", lease, _monitor, o => o.LeaseDuration = TimeSpan.FromMinutes(10));
}
