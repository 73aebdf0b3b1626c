using System.Reflection;
using LeaseElection.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LeaseElection.Tests.Architecture;

public sealed class PublicApiTests
{
    private static readonly IReadOnlyList<Type> Exported = [.. typeof(LeaderElector).Assembly.GetExportedTypes(), .. typeof(LeaderElectorExtensions).Assembly.GetExportedTypes().Where(static t => !t.IsNested)];

    [Fact]
    public void PublicTypes_AreThoseOfTheDesign() => Assert.Equal(
        [
            nameof(ClusterSource), nameof(ILeaderElection), nameof(LeaderElectionBuilder), nameof(LeaderElectionHealthChecksBuilderExtensions),
            nameof(LeaderElectionOptions), nameof(LeaderElectionServiceCollectionExtensions),
            nameof(LeaderElector), nameof(LeaderElectorExtensions), nameof(LeadershipChange), nameof(LeadershipTerm), nameof(TermEndReason),
            nameof(WorkCompletionPolicy),
            nameof(WorkFailurePolicy), nameof(WorkOverrunPolicy),
        ],
        Exported.Select(t => t.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void PublicClasses_CannotBeDerivedFrom() => Assert.DoesNotContain(
        Exported,
        t => t is { IsClass: true, IsSealed: false } && t.GetConstructors(BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Instance).Any(static c => c.IsPublic || c.IsFamily || c.IsFamilyOrAssembly));

    [Fact]
    public void PublicTypes_LiveInTheLibrarysNamespaceOrInThatOfRegistration() =>
        Assert.DoesNotContain(Exported, t => t.Namespace is not ("LeaseElection" or "Microsoft.Extensions.DependencyInjection"));

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
