using System.Reflection;
using LeaseElection.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LeaseElection.Tests.Architecture;

public sealed class PublicApiTests
{
    private static readonly Assembly Library = typeof(LeaderElector).Assembly;

    [Fact]
    public void PublicTypes_AreThoseOfTheDesign() => Assert.Equal(
        [
            nameof(ILeaderElection), nameof(LeaderElectionBuilder), nameof(LeaderElectionHealthChecksBuilderExtensions), nameof(LeaderElectionOptions), nameof(LeaderElectionServiceCollectionExtensions),
            nameof(LeaderElector), nameof(LeadershipChange), nameof(LeadershipTerm), nameof(TermEndReason), nameof(WorkCompletionPolicy),
            nameof(WorkFailurePolicy), nameof(WorkOverrunPolicy),
        ],
        Library.GetExportedTypes().Select(t => t.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void PublicClasses_AreSealedOrStatic() =>
        Assert.DoesNotContain(Library.GetExportedTypes(), t => t is { IsClass: true, IsSealed: false });

    [Fact]
    public void PublicTypes_LiveInTheLibrarysNamespaceOrInThatOfRegistration() =>
        Assert.DoesNotContain(Library.GetExportedTypes(), t => t.Namespace is not ("LeaseElection" or "Microsoft.Extensions.DependencyInjection"));

    [Fact]
    public void LogMessages_HaveIdsOfTheirOwn()
    {
        var messages = typeof(ElectionLog).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Select(m => m.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>().ToList();

        Assert.True(messages.Count > 20);
        Assert.Equal(messages.Count, messages.Select(m => m.EventId).Distinct().Count());
        Assert.DoesNotContain(messages, m => m.EventId <= 0);
    }
}
