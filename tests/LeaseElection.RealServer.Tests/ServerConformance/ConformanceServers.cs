using LeaseElection.RealServer.Tests.ServerConformance.Comparison;
using LeaseElection.RealServer.Tests.ServerConformance.Playback;

namespace LeaseElection.RealServer.Tests.ServerConformance;

/// <summary>The two servers that a class's cases are played on: a class fixture.</summary>
public sealed class ConformanceServers(SharedControlPlane shared) : IAsyncLifetime
{
    private EmbeddedApiServer _embedded = null!;
    private RealApiServer _real = null!;
    private bool _isListedVersion;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _real = new(await shared.GetAsync());
        _embedded = await EmbeddedApiServer.StartAsync();
        _isListedVersion = await _real.VersionAsync(Cancellation) == VersionDifferences.Version;
    }

    public async ValueTask DisposeAsync()
    {
        _real.Dispose();
        await _embedded.DisposeAsync();
    }

    /// <summary>Plays a case on both at the same time, in a new namespace of one name, and fails where they differ.</summary>
    internal async Task CompareAsync(ConformanceCase @case)
    {
        var (differences, transcripts) = await PlayAsync(@case);
        for (var tries = 1; tries < @case.Tries && differences.Length > 0; tries++)
            (differences, transcripts) = await PlayAsync(@case);
        if (differences.Length > 0)
            Assert.Fail(differences + transcripts);
    }

    /// <summary>Plays a case twice on the real one: what differs between the two runs no other server can agree with.</summary>
    internal async Task CompareRealWithItselfAsync(ConformanceCase @case)
    {
        var (first, second) = (await shared.CreateNamespaceAsync(), await shared.CreateNamespaceAsync());
        var once = await Player.PlayAsync(@case, _real, first, Cancellation);
        var again = await Player.PlayAsync(@case, _real, second, Cancellation);
        var differences = Comparer.Differences(once, [.. again.Select(e => Renamed(e, second, first))], []);
        Assert.True(differences.Length == 0, differences);
    }

    private static Exchange Renamed(Exchange exchange, string from, string to) => exchange with
    {
        Answers = [.. exchange.Answers.Select(a => new Answer(a.Status, a.Headers, a.Body.Replace(from, to, StringComparison.Ordinal)))],
    };

    private async Task<(string Differences, string Transcripts)> PlayAsync(ConformanceCase @case)
    {
        var @namespace = await shared.CreateNamespaceAsync();
        _embedded.CreateNamespace(@namespace);

        var plays = await Task.WhenAll(
            Player.PlayAsync(@case, _real, @namespace, Cancellation), Player.PlayAsync(@case, _embedded, @namespace, Cancellation));
        var transcripts = $"\n=== real\n{Transcript.Write(plays[0])}\n=== embedded\n{Transcript.Write(plays[1])}";
        // Of another version than the list's, nobody knows which of its steps differ.
        var deliberate = ListedDifferences.StepsOf(@case.Name);
        var older = VersionDifferences.StepsOf(@case.Name);
        return (_isListedVersion
            ? Comparer.Differences(plays[0], plays[1], deliberate.Concat(older))
            : Comparer.Differences(plays[0], plays[1], deliberate, older), transcripts);
    }
}
